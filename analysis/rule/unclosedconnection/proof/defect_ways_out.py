"""A connection that was used and not closed stays out; rows that it wrote are lost."""

from sqlalchemy import func, select
from stock import Crate, Label, connections_out, engine, prove, stored

crates, labels = Crate.__table__, Label.__table__


def names():
    conn = engine.connect()  # want SES109
    return conn.execute(select(crates.c.name).order_by(crates.c.id)).scalars().all()


def state(crate_id):
    conn = engine.connect()  # want SES109
    crate = conn.execute(select(crates.c.state).where(crates.c.id == crate_id)).first()
    if crate is None:
        return None
    conn.close()
    return crate[0]


def how_many():
    return engine.connect().execute(select(func.count(crates.c.id))).scalar()  # want SES109


def after_the_commit(text):
    conn = engine.connect()  # want SES109
    conn.execute(labels.insert().values(text=text))
    conn.commit()
    return conn.execute(select(func.count(labels.c.id))).scalar()


def lost(text):
    conn = engine.connect()  # want SES109
    conn.execute(labels.insert().values(text=text))  # want SES206


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert connections_out() == 1
    assert state(1) == "new"
    assert connections_out() == 1
    assert state(9) is None
    assert connections_out() == 2
    assert how_many() == 3
    assert connections_out() == 3
    assert after_the_commit("sold") == 3
    assert connections_out() == 4
    lost("lost")
    assert connections_out() == 5
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]


prove(proof)
