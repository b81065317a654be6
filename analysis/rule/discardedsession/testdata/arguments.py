"""Sessions that exist only as an argument."""

from contextlib import ExitStack, closing

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from market.db import engine
from market.models import Offer, Stall
from market.reports import Report

SessionLocal = sessionmaker(bind=engine)


def get_session():
    return SessionLocal()


def offers_of(session, stall_id):
    return session.scalars(select(Offer).where(Offer.stall_id == stall_id)).all()


def offers_through(session, stall_id):
    return offers_of(session, stall_id)


def closes_it(session, stall_id):
    with session:
        return session.get(Stall, stall_id)


def keeps_it(session):
    return [session]


class Cashier:
    """Closes the session that it is given."""

    def __init__(self, session):
        self.session = session

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.session.close()

    def offers(self):
        return self.session.scalars(select(Offer)).all()


def to_a_helper(stall_id):
    return offers_of(SessionLocal(), stall_id)  # want SES103


def to_a_helper_by_name(stall_id):
    return offers_of(stall_id=stall_id, session=Session(engine))  # want SES103


def two_calls_away(stall_id):
    return offers_through(SessionLocal(), stall_id)  # want SES103


def of_a_getter(stall_id):
    return offers_of(get_session(), stall_id)  # want SES103


def in_a_chain_of_a_getter(stall_id):
    return get_session().get(Stall, stall_id)  # want SES103


def to_a_helper_that_closes(stall_id):
    return closes_it(SessionLocal(), stall_id)


def to_a_helper_that_keeps_it():
    return keeps_it(SessionLocal())


def to_a_class_that_closes():
    with Cashier(SessionLocal()) as cashier:
        return cashier.offers()


def to_a_class_that_cannot_be_seen():
    return Report(SessionLocal())


def to_a_block(stall_id):
    with SessionLocal() as session:
        return offers_of(session, stall_id)


def to_closing(stall_id):
    with closing(SessionLocal()) as session:
        return offers_of(session, stall_id)


def to_a_stack(stall_id):
    with ExitStack() as stack:
        return offers_of(stack.enter_context(SessionLocal()), stall_id)


def to_a_list(sessions):
    sessions.append(SessionLocal())


def by_the_framework(stall_id: int, session=Depends(get_session)):
    return offers_of(session, stall_id)
