"""The same in blocks: one connection serves all."""

from sqlalchemy import select, update
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def double(crate_id):
    with SessionMaker() as session:
        session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * Crate.count))
        doubled = session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar()
        session.commit()
    return doubled


def count(name):
    with SessionMaker() as session:
        return session.execute(select(Crate.count).where(Crate.name == name)).scalar()


def proof():
    assert double(1) == 20
    assert stored("SELECT count FROM crates WHERE id = 1") == [(20,)]
    for _ in range(20):
        assert count("pears") == 20
    assert connections_out() == 0


prove(proof)
