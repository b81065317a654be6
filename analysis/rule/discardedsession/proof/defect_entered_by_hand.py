"""A context manager that is entered by hand and thrown away."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def name(crate_id):
    session = SessionMaker().__enter__()  # want SES103
    return session.get(Crate, crate_id).name


def state(crate_id):
    session = SessionMaker.begin().__enter__()  # want SES103
    return session.get(Crate, crate_id).state


def proof():
    assert name(1) == "apples"
    assert connections_out() == 1
    assert state(2) == "new"
    assert connections_out() == 2


prove(proof)
