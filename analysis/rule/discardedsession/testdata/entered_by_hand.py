"""Context managers whose __enter__() is called on a temporary object."""

import contextlib

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from market.db import engine
from market.models import Offer, Stall

SessionLocal = sessionmaker(bind=engine)


def by_the_class(stall_id):
    return Session(engine).__enter__().get(Stall, stall_id)  # want SES103


def by_the_factory(stall_id):
    session = SessionLocal().__enter__()  # want SES103
    return session.get(Stall, stall_id)


def by_the_maker(stall_id):
    # The manager is gone at once, and closes a session that is used after that.
    session = SessionLocal.begin().__enter__()  # want SES103
    return session.get(Stall, stall_id)


def entered_by_with(stall_id):
    with SessionLocal() as session:
        return session.get(Stall, stall_id)


def entered_and_left(stall_id):
    manager = SessionLocal()
    session = manager.__enter__()
    try:
        return session.get(Stall, stall_id)
    finally:
        manager.__exit__(None, None, None)


def entered_by_a_stack(stall_id):
    with contextlib.ExitStack() as stack:
        return stack.enter_context(SessionLocal()).get(Stall, stall_id)


def entered_by_closing(stall_id):
    with contextlib.closing(SessionLocal()) as session:
        return session.scalars(select(Offer).where(Offer.stall_id == stall_id)).all()
