"""What a closed connection is still good for: its rows, and to be closed again."""

from sqlalchemy import func, select
from stock import Crate, Label, connections_out, engine, prove, stored

crates, labels = Crate.__table__, Label.__table__


def after_the_block():
    with engine.connect() as conn:
        names = conn.execute(select(crates.c.name)).scalars().all()
        return names, conn.execute(select(func.count(labels.c.id))).scalar()


def after_the_transaction(text):
    with engine.begin() as conn:
        conn.execute(labels.insert().values(text=text))
    with engine.connect() as conn:
        return conn.execute(select(func.count(labels.c.id))).scalar()


def after_close():
    conn = engine.connect()
    try:
        names = conn.execute(select(crates.c.name).order_by(crates.c.id)).scalars().all()
    finally:
        conn.close()
    return names, conn.closed


def entered_by_hand(text):
    with engine.begin() as conn:
        conn.execute(labels.insert().values(text=text))


def ended_again(text):
    with engine.connect() as conn:
        conn.execute(labels.insert().values(text=text))
        conn.commit()
    conn.commit()
    conn.rollback()
    conn.close()


def proof():
    assert after_the_block()[1] == 2
    assert after_the_transaction("sold") == 3
    assert after_close() == (["apples", "pears", "plums"], True)
    entered_by_hand("kept")
    ended_again("last")
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("sold",), ("kept",), ("last",)]
    assert connections_out() == 0


prove(proof)
