"""The generator is kept as long as the session is used, or runs to its end."""

from contextlib import contextmanager

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
    with contextmanager(get_session)() as session:
        found = session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()
        events.append("used")
        return found


def state(crate_id):
    for session in get_session():
        return session.get(Crate, crate_id).state


def kept(crate_id):
    generator = get_session()
    session = next(generator)
    try:
        return session.get(Crate, crate_id).name
    finally:
        generator.close()


def kept_to_the_end(crate_id):
    generator = get_session()
    session = next(generator)
    return session.get(Crate, crate_id).name


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert events == ["used", "closed"]
    assert state(1) == "new"
    assert kept(2) == "pears"
    assert kept_to_the_end(3) == "plums"
    assert connections_out() == 0


prove(proof)
