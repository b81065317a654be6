"""Each object keeps a connection, and loses it when it is dropped."""

from sqlalchemy import select
from sqlalchemy.exc import TimeoutError
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


class Crates:
    def __init__(self):
        self.session = SessionMaker()  # want SES110

    def names(self):
        return self.session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()


def names():
    return Crates().names()


def proof():
    for n in range(1, 6):
        assert names() == ["apples", "pears", "plums"]
        assert connections_out() == n
    try:
        names()
    except TimeoutError as error:
        assert "QueuePool limit of size 5 overflow 0 reached" in str(error)
    else:
        raise AssertionError("there was a sixth connection")


prove(proof)
