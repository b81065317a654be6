"""A transaction that waits keeps its locks."""

import time

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def pack(crate_id, count):
    with SessionMaker() as session:
        session.get(Crate, crate_id).count = count
        session.flush()
        time.sleep(30)  # want SES210
        session.commit()


def proof():
    told = []

    def another_writes(_seconds):
        time.sleep = slept
        with SessionMaker() as session:
            session.get(Crate, 2).count = 7
            try:
                session.commit()
            except Exception as error:
                told.append((type(error).__name__, connections_out(), "database is locked" in str(error)))

    slept = time.sleep
    time.sleep = another_writes
    pack(1, 5)
    # Another row, but SQLite locks them all; other databases lock the row.
    assert told == [("OperationalError", 2, True)]
    assert stored("SELECT count FROM crates ORDER BY id") == [(5,), (20,), (30,)]
    assert connections_out() == 0


prove(proof)
