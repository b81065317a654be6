"""with closes a session and commits nothing."""

from sqlalchemy import insert, update
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(text):
    with SessionMaker() as session:
        made = Label(text=text)
        session.add(made)  # want SES206
        session.flush()
        return made.id


def empty(crate_id):
    with SessionMaker() as session:
        session.get(Crate, crate_id).count = 0  # want SES206


def empty_all():
    with SessionMaker() as session:
        return session.execute(update(Crate).values(count=0)).rowcount  # want SES206


def drop(label_id):
    session = SessionMaker()
    try:
        session.delete(session.get(Label, label_id))  # want SES206
        session.flush()
    finally:
        session.close()


def in_a_savepoint(text):
    with SessionMaker() as session:
        with session.begin_nested():
            session.add(Label(text=text))  # want SES206


def in_batches(texts):
    with SessionMaker() as session:
        for n, text in enumerate(texts, 1):
            session.add(Label(text=text))  # want SES206
            if n % 2 == 0:
                session.commit()


def on_a_connection(text):
    with engine.connect() as connection:
        connection.execute(insert(Label).values(text=text))  # want SES206


def proof():
    # Each looks as if it had been done.
    assert label("sold") == 3
    empty(1)
    assert empty_all() == 3
    drop(2)
    in_a_savepoint("big")
    on_a_connection("small")
    assert stored("SELECT count FROM crates ORDER BY id") == [(10,), (20,), (30,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",)]
    in_batches(["a", "b", "c"])
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("a",), ("b",)]
    assert connections_out() == 0


prove(proof)
