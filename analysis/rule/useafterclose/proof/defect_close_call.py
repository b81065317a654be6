"""close() does not end a session for good either."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove


def in_a_row(crate_id):
    session = Session(engine, future=True)
    crate = session.get(Crate, crate_id)
    session.close()
    return crate.name, session.execute(select(func.count(Crate.id))).scalar()  # want SES101


def in_a_finally(crate_id):
    session = Session(engine, future=True)
    try:
        crate = session.get(Crate, crate_id)
    finally:
        session.close()
    return crate.name, session.execute(select(func.count(Crate.id))).scalar()  # want SES101


def on_one_branch(crate_id, done):
    session = Session(engine, future=True)
    crate = session.get(Crate, crate_id)
    if done:
        session.close()
        return crate.name, session.execute(select(func.count(Crate.id))).scalar()  # want SES101
    session.close()
    return crate.name, None


def proof():
    assert in_a_row(1) == ("apples", 3)
    assert connections_out() == 1
    assert in_a_finally(2) == ("pears", 3)
    assert connections_out() == 2
    assert on_one_branch(3, False) == ("plums", None)
    assert connections_out() == 2
    assert on_one_branch(3, True) == ("plums", 3)
    assert connections_out() == 3


prove(proof)
