"""A commit, a rollback and the end of a begin block expire: nothing can be read after the close, not even the key."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import DetachedInstanceError
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
Keeping = sessionmaker(engine, future=True, expire_on_commit=False)


def add(name):
    with SessionMaker() as session:
        crate = Crate(name=name)
        session.add(crate)
        session.commit()
    return crate.id  # want SES302


def recount(crate_id, count):
    with Session(engine, future=True) as session:
        with session.begin():
            crate = session.get(Crate, crate_id)
            crate.count = count
    return crate.name  # want SES302


def look_at(crate_id):
    with Keeping() as session:
        crate = session.get(Crate, crate_id)
        session.rollback()
    return crate.name  # want SES302


def mark(state):
    with SessionMaker.begin() as session:
        crates = session.execute(select(Crate)).scalars().all()
        for crate in crates:
            crate.state = state
    return [crate.name for crate in crates]  # want SES302


def pack(crate_id, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count = count
        session.commit()
    crate.count += 1  # want SES302
    return crate


def cannot(call, *args):
    try:
        call(*args)
    except DetachedInstanceError as error:
        return "is not bound to a Session; attribute refresh operation cannot proceed" in str(error)
    return False


def proof():
    assert cannot(add, "figs")
    assert cannot(recount, 1, 11)
    assert cannot(look_at, 1)
    assert cannot(mark, "old")
    assert cannot(pack, 2, 22)
    # What was to be written is there all the same.
    assert stored("SELECT name FROM crates WHERE id = 4") == [("figs",)]
    assert stored("SELECT count, state FROM crates WHERE id < 3") == [(11, "old"), (22, "old")]
    assert connections_out() == 0


prove(proof)
