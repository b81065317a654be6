"""The same read inside of the block gives its connection back."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def names(least):
    with SessionMaker() as session:
        query = select(Crate.name).where(Crate.count >= least)
        return session.execute(query).scalars().all()


def proof():
    assert names(20) == ["pears", "plums"]
    assert names(30) == ["plums"]
    assert connections_out() == 0


prove(proof)
