"""With a name and a block, and what may be done without a name."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def names():
    with SessionMaker() as session:
        return session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()


def how_many():
    with Session(engine, future=True) as session:
        return session.query(Crate).count()


def count(session, crate_id):
    with session:
        return session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar()


def count_of(crate_id):
    return count(SessionMaker(), crate_id)


def double(crate_id):
    with SessionMaker.begin() as session:
        session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * Crate.count))


def statement():
    return str(SessionMaker().query(Crate).statement)


def dialect():
    return SessionMaker().get_bind().dialect.name


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert how_many() == 3
    assert count_of(2) == 20
    double(1)
    assert stored("SELECT count FROM crates WHERE id = 1") == [(20,)]
    assert "FROM crates" in statement()
    assert dialect() == "sqlite"
    assert connections_out() == 0


prove(proof)
