"""Nothing is read after the last commit, or the session is closed then."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from stock import Crate, Label, connections_out, engine, prove, stored


def label(text):
    with Session(engine, future=True) as session:
        new = Label(text=text)
        session.add(new)
        session.commit()
        return new.id


def begun(text):
    with Session(engine, future=True) as session:
        with session.begin():
            session.add(Label(text=text))
        return session.execute(select(Label.id).where(Label.text == text)).scalar()


def savepoint(text):
    with Session(engine, future=True) as session, session.begin():
        with session.begin_nested():
            session.add(Label(text=text))
        return session.execute(select(Crate.id).where(Crate.name == "plums")).scalar()


def committed_last(text):
    session = Session(engine, future=True)
    session.add(Label(text=text))
    session.commit()


def rolled_back_last():
    session = Session(engine, future=True)
    try:
        return session.execute(select(Label.id).order_by(Label.id)).scalars().all()
    finally:
        session.rollback()


def proof():
    assert label("sold") == 3
    assert begun("new") == 4
    assert savepoint("kept") == 3
    committed_last("last")
    assert rolled_back_last() == [1, 2, 3, 4, 5, 6]
    assert connections_out() == 0
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("sold",), ("new",), ("kept",), ("last",)]


prove(proof)
