"""A savepoint for each row, or a rollback, and the session goes on."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label_each(texts):
    with SessionMaker() as session:
        for text in texts:
            try:
                with session.begin_nested():
                    session.add(Label(text=text))
                    session.flush()
            except IntegrityError:
                continue
        session.commit()


def get_or_create(name):
    with SessionMaker() as session:
        session.add(Crate(name=name))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
        return session.execute(select(Crate.id).where(Crate.name == name)).scalar_one()


def still_out(text):
    with SessionMaker() as session:
        session.add(Label(text=text))
        try:
            session.flush()
        except IntegrityError:
            session.rollback()
            out = connections_out()
        else:
            out = 0
        session.add(Label(text="after " + text))
        session.commit()
        return out, None


def proof():
    label_each(["a", "ripe", "b"])
    assert stored("SELECT text FROM labels ORDER BY text") == [("a",), ("b",), ("fresh",), ("ripe",)]
    assert get_or_create("figs") == 4
    assert get_or_create("figs") == 4
    assert still_out("ripe") == (0, None)
    assert stored("SELECT id FROM labels WHERE text = 'after ripe'") != []
    assert connections_out() == 0


prove(proof)
