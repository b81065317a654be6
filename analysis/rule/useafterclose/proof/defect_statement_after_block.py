"""An UPDATE behind the block runs, is not committed, and keeps others out."""

import sqlite3

from sqlalchemy import update
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, path, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def double(crate_id):
    with SessionMaker() as session:
        count = session.get(Crate, crate_id).count
    session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * count))  # want SES101
    return 2 * count


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


prove(proof)
