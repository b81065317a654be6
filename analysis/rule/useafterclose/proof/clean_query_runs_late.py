"""A Query that runs in the block, or never, takes nothing with it."""

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove


def names():
    with Session(engine, future=True) as session:
        query = session.query(Crate).order_by(Crate.id)
        return [crate.name for crate in query]


def how_many(least):
    with Session(engine, future=True) as session:
        return session.query(Crate).filter(Crate.count >= least).count()


def only_built():
    with Session(engine, future=True) as session:
        query = session.query(Crate.name)
    query = query.filter(Crate.count >= 20)
    return query.subquery()


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert how_many(20) == 2
    assert "count" in str(only_built())
    assert connections_out() == 0


prove(proof)
