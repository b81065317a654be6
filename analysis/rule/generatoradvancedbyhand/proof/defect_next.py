"""The finally of the generator runs before the session is used."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)
events = []


def get_session():
    session = SessionMaker()
    try:
        yield session
    finally:
        session.close()
        events.append("closed")


def names():
    session = next(get_session())  # want SES105
    found = session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()
    events.append("used")
    return found


def state(crate_id):
    return get_session().__next__().get(Crate, crate_id).state  # want SES105


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert events == ["closed", "used"]
    assert connections_out() == 1
    assert state(1) == "new"
    assert connections_out() == 2


prove(proof)
