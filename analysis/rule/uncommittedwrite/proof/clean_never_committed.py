"""The same with a commit, or in a block that commits."""

from sqlalchemy import insert, update
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(text):
    with SessionMaker() as session:
        with session.begin():
            made = Label(text=text)
            session.add(made)
            session.flush()
            return made.id


def empty(crate_id):
    with SessionMaker() as session:
        session.get(Crate, crate_id).count = 0
        session.commit()


def empty_all():
    with SessionMaker.begin() as session:
        return session.execute(update(Crate).values(count=0)).rowcount


def drop(label_id):
    session = SessionMaker()
    try:
        session.delete(session.get(Label, label_id))
        session.commit()
    finally:
        session.close()


def in_a_savepoint(text):
    with SessionMaker() as session:
        with session.begin_nested():
            session.add(Label(text=text))
        session.commit()


def in_batches(texts):
    with SessionMaker() as session:
        for n, text in enumerate(texts, 1):
            session.add(Label(text=text))
            if n % 2 == 0:
                session.commit()
        session.commit()


def on_a_connection(text):
    with engine.begin() as connection:
        connection.execute(insert(Label).values(text=text))


def proof():
    assert label("sold") == 3
    empty(1)
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (20,), (30,)]
    assert empty_all() == 3
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (0,), (0,)]
    drop(2)
    in_a_savepoint("big")
    on_a_connection("small")
    in_batches(["a", "b", "c"])
    assert stored("SELECT text FROM labels ORDER BY text") == [
        ("a",), ("b",), ("big",), ("c",), ("fresh",), ("small",), ("sold",),
    ]
    assert connections_out() == 0


prove(proof)
