"""An UPDATE in the block is committed, and lets others in."""

import sqlite3

from sqlalchemy import update
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, path, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def double(crate_id):
    with SessionMaker() as session:
        count = session.get(Crate, crate_id).count
        session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * count))
        session.commit()
    return 2 * count


def proof():
    assert double(1) == 20
    assert connections_out() == 0
    assert stored("SELECT count FROM crates WHERE id = 1") == [(20,)]
    other = sqlite3.connect(path, timeout=0.1)
    other.execute("UPDATE crates SET count = 0")
    other.rollback()


prove(proof)
