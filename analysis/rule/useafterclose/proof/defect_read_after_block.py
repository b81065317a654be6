"""A read behind the with block takes a connection, and nothing gives it back."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def names(least):
    with SessionMaker() as session:
        query = select(Crate.name).where(Crate.count >= least)
    return session.execute(query).scalars().all()  # want SES101


def proof():
    assert names(20) == ["pears", "plums"]
    assert connections_out() == 1
    assert names(30) == ["plums"]
    assert connections_out() == 2


prove(proof)
