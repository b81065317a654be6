"""Rows leave the block, and the session stays in it."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


@contextmanager
def opened():
    with SessionMaker() as session:
        yield session


def crates(least):
    with SessionMaker() as session:
        return session.query(Crate).filter(Crate.count >= least).order_by(Crate.id).all()


def finder():
    def find(crate_id):
        with SessionMaker() as session:
            return session.get(Crate, crate_id)

    return find


def states():
    with SessionMaker() as session:
        return [session.get(Crate, n).state for n in (1, 2)]


def name(crate_id):
    with opened() as session:
        return session.get(Crate, crate_id).name


def proof():
    assert name(1) == "apples"
    assert [crate.name for crate in crates(20)] == ["pears", "plums"]
    assert finder()(3).name == "plums"
    assert list(states()) == ["new", "new"]
    assert connections_out() == 0


prove(proof)
