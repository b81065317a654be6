"""A closed session that is closed again, or rolled back, has given back what it took."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove


def in_a_row(crate_id):
    session = Session(engine, future=True)  # want SES102 warning
    crate = session.get(Crate, crate_id)
    session.close()
    n = session.execute(select(func.count(Crate.id))).scalar()
    session.close()
    return crate.name, n


def in_a_finally(crate_id):
    session = Session(engine, future=True)
    try:
        crate = session.get(Crate, crate_id)
    finally:
        session.close()
    n = session.execute(select(func.count(Crate.id))).scalar()
    session.rollback()
    return crate.name, n


def on_one_branch(crate_id, done):
    session = Session(engine, future=True)  # want SES102 warning
    crate = session.get(Crate, crate_id)
    session.close()
    if done:
        with session:
            return crate.name, session.execute(select(func.count(Crate.id))).scalar()
    return crate.name, None


def proof():
    assert in_a_row(1) == ("apples", 3)
    assert in_a_finally(2) == ("pears", 3)
    assert on_one_branch(3, False) == ("plums", None)
    assert on_one_branch(3, True) == ("plums", 3)
    assert connections_out() == 0


prove(proof)
