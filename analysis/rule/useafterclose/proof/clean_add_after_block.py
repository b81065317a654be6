"""add() and delete() count when they are committed, in the block or behind it."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(crate_id, text):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "labelled"
        session.add(Label(text=text, crate_id=crate_id))
        session.commit()


def remove(label_id):
    with SessionMaker() as session:
        old = session.get(Label, label_id)
    session.delete(old)
    session.commit()


def flushed(text):
    with SessionMaker() as session:
        session.get(Crate, 1)
    with session.begin():
        session.add(Label(text=text))
        session.flush()


def proof():
    label(1, "sold")
    assert stored("SELECT state FROM crates WHERE id = 1") == [("labelled",)]
    assert stored("SELECT text FROM labels WHERE text = 'sold'") == [("sold",)]
    remove(1)
    flushed("kept")
    assert stored("SELECT text FROM labels ORDER BY text") == [("kept",), ("ripe",), ("sold",)]
    assert connections_out() == 0


prove(proof)
