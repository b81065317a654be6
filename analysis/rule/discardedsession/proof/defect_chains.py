"""Nothing can close a session that has no name."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def names():
    return SessionMaker().execute(select(Crate.name).order_by(Crate.id)).scalars().all()  # want SES103


def how_many():
    return Session(engine, future=True).query(Crate).count()  # want SES103


def count(session, crate_id):
    return session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar()


def count_of(crate_id):
    return count(SessionMaker(), crate_id)  # want SES103


def double(crate_id):
    SessionMaker().execute(update(Crate).where(Crate.id == crate_id).values(count=2 * Crate.count))  # want SES103, SES206


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert connections_out() == 1
    assert how_many() == 3
    assert connections_out() == 2
    assert count_of(2) == 20
    assert connections_out() == 3
    double(1)
    assert connections_out() == 4
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]


prove(proof)
