"""What the leak leads to: the sixth call finds a pool of five empty, and a lock is kept."""

import sqlite3

from sqlalchemy import select, update
from sqlalchemy.exc import TimeoutError
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, path, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def double(crate_id):
    session = SessionMaker()  # want SES102
    session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * Crate.count))  # want SES206
    return session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar()


def count(name):
    session = SessionMaker()  # want SES102
    return session.execute(select(Crate.count).where(Crate.name == name)).scalar()


def proof():
    assert double(1) == 20
    assert connections_out() == 1
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    other = sqlite3.connect(path, timeout=0.1)
    try:
        other.execute("UPDATE crates SET count = 0")
    except sqlite3.OperationalError as error:
        assert "locked" in str(error)
    else:
        raise AssertionError("the row is not locked")
    for n in range(2, 6):
        assert count("pears") == 20
        assert connections_out() == n
    try:
        count("pears")
    except TimeoutError as error:
        assert "QueuePool limit of size 5 overflow 0 reached" in str(error)
    else:
        raise AssertionError("there was a sixth connection")


prove(proof)
