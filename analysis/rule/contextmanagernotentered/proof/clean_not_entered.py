"""The same, entered; and begin() of a session, which needs not be."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


@contextmanager
def scope():
    with SessionMaker() as session:
        yield session


def label(text):
    with SessionMaker.begin() as session:
        session.add(Label(text=text))


def name(crate_id):
    with scope() as session:
        return session.get(Crate, crate_id).name


def forgotten(text):
    manager = SessionMaker.begin()
    with manager as session:
        session.add(Label(text=text))
    return text


def by_hand(text):
    with SessionMaker() as session:
        session.begin()
        begun = session.in_transaction()
        session.add(Label(text=text))
        session.commit()
    return begun


def proof():
    label("sold")
    assert name(1) == "apples"
    assert forgotten("new") == "new"
    assert by_hand("last")
    assert connections_out() == 0
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("sold",), ("new",), ("last",)]


prove(proof)
