"""After a failed statement that was caught, commit() returns normally and keeps nothing."""
# needs: PostgreSQL

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from stock import Crate, connections_out, count, engine, prove


def note(session, statement):
    try:
        session.execute(text(statement))
    except SQLAlchemyError:
        pass


def receive(name, statement):
    with Session(engine, future=True) as session:
        session.add(Crate(name=name))
        session.flush()
        note(session, statement)
        session.add(Crate(name=name + ", second"))  # flushing it would fail
        session.expunge_all()
        session.commit()


def receive_again(name, statement):
    with Session(engine, future=True) as session:
        session.add(Crate(name=name))
        session.flush()
        try:
            session.execute(text(statement))
        except SQLAlchemyError:
            session.rollback()
            session.add(Crate(name=name))
        session.commit()


def proof():
    receive("figs", "SELECT 1")
    assert count("crates", "name = 'figs'") == 1
    receive("dates", "SELECT 1 / 0")
    assert count("crates", "name = 'dates'") == 0
    receive("dates", "SELECT * FROM no_such_table")
    assert count("crates", "name = 'dates'") == 0
    receive_again("dates", "SELECT 1 / 0")
    assert count("crates", "name = 'dates'") == 1
    assert connections_out() == 0


prove(proof)
