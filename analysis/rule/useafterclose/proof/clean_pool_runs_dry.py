"""Without the leak the pool lasts."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def count(name):
    with SessionMaker() as session:
        crate = session.execute(select(Crate).where(Crate.name == name)).scalar_one()
        if session.get(Crate, crate.id).state == "new":
            return crate.count
    return 0


def proof():
    for _ in range(20):
        assert count("apples") == 10
        assert connections_out() == 0


prove(proof)
