"""The same, closed; and ways in which a connection goes back by itself."""

from sqlalchemy import func, select
from stock import Crate, Label, connections_out, engine, prove, stored

crates, labels = Crate.__table__, Label.__table__


def names():
    with engine.connect() as conn:
        return conn.execute(select(crates.c.name).order_by(crates.c.id)).scalars().all()


def state(crate_id):
    conn = engine.connect()
    try:
        crate = conn.execute(select(crates.c.state).where(crates.c.id == crate_id)).first()
        if crate is None:
            return None
        return crate[0]
    finally:
        conn.close()


def how_many():
    with engine.connect() as conn:
        return conn.execute(select(func.count(crates.c.id))).scalar()


def after_the_commit(text):
    with engine.connect() as conn:
        conn.execute(labels.insert().values(text=text))
        conn.commit()
        return conn.execute(select(func.count(labels.c.id))).scalar()


def lost(text):
    with engine.begin() as conn:
        conn.execute(labels.insert().values(text=text))


def never_used():
    conn = engine.connect()
    return conn.closed


def only_in_its_transaction(text):
    conn = engine.connect()
    with conn.begin():
        conn.execute(labels.insert().values(text=text))


def committed_last(text):
    conn = engine.connect()
    conn.execute(labels.insert().values(text=text))
    conn.commit()


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert state(1) == "new"
    assert state(9) is None
    assert how_many() == 3
    assert after_the_commit("sold") == 3
    lost("kept")
    assert never_used() is False
    only_in_its_transaction("begun")
    committed_last("last")
    assert connections_out() == 0
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("sold",), ("kept",), ("begun",), ("last",)]


prove(proof)
