"""add() and delete() behind the block are queued, and nobody commits them."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(crate_id, text):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "labelled"
        session.commit()
    session.add(Label(text=text, crate_id=crate_id))  # want SES101


def remove(label_id):
    with SessionMaker() as session:
        old = session.get(Label, label_id)
    session.delete(old)  # want SES101


def flushed(text):
    with SessionMaker() as session:
        session.get(Crate, 1)
    session.add(Label(text=text))  # want SES101
    session.flush()


def proof():
    label(1, "sold")
    assert stored("SELECT state FROM crates WHERE id = 1") == [("labelled",)]
    assert stored("SELECT text FROM labels WHERE text = 'sold'") == []
    remove(1)
    assert stored("SELECT count(*) FROM labels") == [(2,)]
    assert connections_out() == 0
    flushed("lost")
    assert stored("SELECT count(*) FROM labels") == [(2,)]
    assert connections_out() == 1


prove(proof)
