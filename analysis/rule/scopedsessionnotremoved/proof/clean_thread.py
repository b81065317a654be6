"""Each job removes the session of its thread."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

Session = scoped_session(sessionmaker(engine, future=True))


def count(crate_id):
    try:
        return Session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar()
    finally:
        Session.remove()


def label(text):
    try:
        Session.add(Label(text=text))
        if len(text) > 10:
            raise ValueError(text)
        Session.commit()
    finally:
        Session.remove()


def proof():
    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(count, 1).result() == 10
        assert connections_out() == 0
        assert isinstance(executor.submit(label, "much too long").exception(), ValueError)
        executor.submit(label, "short").result()
        assert stored("SELECT text FROM labels WHERE id > 2") == [("short",)]
        assert connections_out() == 0


prove(proof)
