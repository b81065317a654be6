"""A Query that was built in the block runs where it is iterated, counted or sliced."""

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove


def names():
    with Session(engine, future=True) as session:
        query = session.query(Crate).order_by(Crate.id)
    return [crate.name for crate in query]  # want SES101


def how_many(least):
    with Session(engine, future=True) as session:
        query = session.query(Crate).filter(Crate.count >= least)
    return query.count()  # want SES101


def first_two():
    with Session(engine, future=True) as session:
        query = session.query(Crate).order_by(Crate.id)
    return [crate.name for crate in query[:2]]  # want SES101


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert connections_out() == 1
    assert how_many(20) == 2
    assert connections_out() == 2
    assert first_two() == ["apples", "pears"]
    assert connections_out() == 3


prove(proof)
