"""A transaction that has ended locks nothing."""

import time

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def pack(crate_id, count):
    with SessionMaker() as session:
        session.get(Crate, crate_id).count = count
        session.commit()
        time.sleep(30)


def proof():
    told = []

    def another_writes(_seconds):
        time.sleep = slept
        with SessionMaker() as session:
            session.get(Crate, 2).count = 7
            try:
                session.commit()
            except Exception as error:
                told.append(type(error).__name__)

    slept = time.sleep
    time.sleep = another_writes
    pack(1, 5)
    assert told == []
    assert stored("SELECT count FROM crates ORDER BY id") == [(5,), (7,), (30,)]
    assert connections_out() == 0


prove(proof)
