"""A commit gives the connection back, and the next read takes one again."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from stock import Crate, Label, connections_out, engine, prove, stored


def label(text):
    session = Session(engine, future=True)  # want SES102
    new = Label(text=text)
    session.add(new)
    session.commit()
    return new.id


def begun(text):
    session = Session(engine, future=True)  # want SES102
    with session.begin():
        session.add(Label(text=text))
    return session.execute(select(Label.id).where(Label.text == text)).scalar()


def savepoint(text):
    session = Session(engine, future=True)  # want SES102
    with session.begin_nested():
        session.add(Label(text=text))  # want SES206
    return session.execute(select(Crate.id).where(Crate.name == "plums")).scalar()


def proof():
    assert label("sold") == 3
    assert connections_out() == 1
    assert begun("new") == 4
    assert connections_out() == 2
    assert savepoint("lost") == 3
    assert connections_out() == 3
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("sold",), ("new",)]


prove(proof)
