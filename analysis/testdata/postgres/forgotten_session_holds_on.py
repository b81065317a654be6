"""A session that is never closed stays idle in its transaction, as the server sees it, and keeps its locks."""
# needs: PostgreSQL

import gc

from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, raises, stored

IDLE = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"


def count_of(crate_id):
    session = Session(engine, future=True)
    return session.get(Crate, crate_id).count


def reserve(crate_id):
    session = Session(engine, future=True)
    session.get(Crate, crate_id).count -= 1
    session.flush()


def count_and_close(crate_id):
    with Session(engine, future=True) as session:
        return session.get(Crate, crate_id).count


def empty(crate_id):
    with engine.begin() as connection:
        connection.execute(update(Crate).where(Crate.id == crate_id).values(count=0))


def proof():
    assert count_and_close(1) == 10
    assert stored(IDLE) == [(0,)]
    assert count_of(1) == 10
    assert stored(IDLE) == [(1,)] and connections_out() == 1
    reserve(2)
    assert stored(IDLE) == [(2,)] and connections_out() == 2

    with raises(OperationalError, "...canceling statement due to lock timeout\n..."):
        empty(2)
    gc.collect()  # nothing but this gives them back
    assert stored(IDLE) == [(0,)] and connections_out() == 0
    empty(2)
    assert stored("SELECT count FROM crates WHERE id = 2") == [(0,)]


prove(proof)
