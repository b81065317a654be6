"""A thread of a pool keeps its session, its connection and its unfinished work."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

Session = scoped_session(sessionmaker(engine, future=True))


def count(crate_id):
    return Session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar()  # want SES111


def label(text):
    Session.add(Label(text=text))  # want SES111
    if len(text) > 10:
        raise ValueError(text)
    Session.commit()


def proof():
    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(count, 1).result() == 10
        assert connections_out() == 1
        assert isinstance(executor.submit(label, "much too long").exception(), ValueError)
        executor.submit(label, "short").result()
        assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("much too long",), ("short",)]


prove(proof)
