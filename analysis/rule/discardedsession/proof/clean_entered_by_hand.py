"""The same with with."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def name(crate_id):
    with SessionMaker() as session:
        return session.get(Crate, crate_id).name


def state(crate_id):
    with SessionMaker.begin() as session:
        return session.get(Crate, crate_id).state


def proof():
    assert name(1) == "apples"
    assert state(2) == "new"
    assert connections_out() == 0


prove(proof)
