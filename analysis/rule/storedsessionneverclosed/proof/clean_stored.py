"""An object that can close its session, and is asked to."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


class Crates:
    def __init__(self):
        self.session = SessionMaker()

    def names(self):
        return self.session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.session.close()


def names():
    with Crates() as crates:
        return crates.names()


def proof():
    for _ in range(6):
        assert names() == ["apples", "pears", "plums"]
        assert connections_out() == 0


prove(proof)
