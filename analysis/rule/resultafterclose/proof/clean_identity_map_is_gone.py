"""What is fetched, or started, before the close is there after it."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def names():
    with SessionMaker() as session:
        crates = session.execute(select(Crate)).scalars().all()
    return [crate.name for crate in crates]


def first():
    with Session(engine, future=True) as session:
        result = session.execute(select(Crate).order_by(Crate.id))
        return result.first()


def total():
    with SessionMaker.begin() as session:
        counts = (crate.count for crate in session.execute(select(Crate)).scalars())
        return sum(counts)


def pairs():
    session = SessionMaker()
    try:
        rows = session.execute(select(Crate.id, Crate)).all()
    finally:
        session.close()
    return [(key, crate.name) for key, crate in rows]


def batches():
    with SessionMaker() as session:
        parts = session.execute(select(Crate).execution_options(yield_per=2)).scalars().partitions()
        return [len(part) for part in parts]


def started():
    with SessionMaker() as session:
        result = session.execute(select(Crate).order_by(Crate.id))
        head = result.fetchone()
    return [head[0].name] + [crate.name for (crate,) in result]


def after_the_begin_block():
    with SessionMaker() as session:
        with session.begin():
            crates = session.execute(select(Crate)).scalars()
        return [crate.name for crate in crates]


def changed():
    with SessionMaker.begin() as session:
        result = session.execute(update(Crate).values(state="seen"))
    return result.rowcount


def proof():
    assert names() == started() == after_the_begin_block() == ["apples", "pears", "plums"]
    assert first()[0].name == "apples"
    assert total() == 60
    assert pairs() == [(1, "apples"), (2, "pears"), (3, "plums")]
    assert batches() == [2, 1]
    assert changed() == 3
    assert connections_out() == 0


prove(proof)
