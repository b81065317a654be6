"""Ways to see that a session is closed without closing it here."""

import contextlib

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


class Shop:
    def __init__(self, session):
        self.session = session

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.session.close()


def finish(session):
    session.close()


def first(session):
    return session.execute(select(Crate.name).where(Crate.id == 1)).scalar()


def on_a_stack():
    with contextlib.ExitStack() as stack:
        return first(stack.enter_context(SessionMaker()))


def called_back():
    with contextlib.ExitStack() as stack:
        session = SessionMaker()
        stack.callback(session.close)
        return first(session)


def by_closing():
    with contextlib.closing(Session(engine, future=True)) as session:
        return first(session)


def by_a_helper():
    session = SessionMaker()
    try:
        return first(session)
    finally:
        finish(session)


def by_its_shop():
    with Shop(SessionMaker()) as shop:
        return first(shop.session)


def its_own_or_the_callers(session=None):
    own = session is None
    if own:
        session = SessionMaker()
    try:
        return first(session)
    finally:
        if own:
            session.close()


def proof():
    for way in on_a_stack, called_back, by_closing, by_a_helper, by_its_shop, its_own_or_the_callers:
        assert way() == "apples"
        assert connections_out() == 0


prove(proof)
