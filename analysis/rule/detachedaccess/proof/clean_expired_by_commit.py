"""What is read, refreshed, kept or never expired before the close can be read after it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
Keeping = sessionmaker(engine, future=True, expire_on_commit=False)


def add(name):
    with SessionMaker() as session:
        crate = Crate(name=name)
        session.add(crate)
        session.commit()
        session.refresh(crate)
    return crate.id


def recount(crate_id, count):
    with Session(engine, future=True) as session:
        with session.begin():
            crate = session.get(Crate, crate_id)
            crate.count = count
        assert crate.id == crate_id  # one attribute brings all of them
    return crate.name


def look_at(crate_id):
    with Keeping() as session:
        crate = session.get(Crate, crate_id)
    return crate.name


def mark(state):
    with Keeping.begin() as session:
        crates = session.execute(select(Crate).order_by(Crate.id)).scalars().all()
        for crate in crates:
            crate.state = state
    return [crate.name for crate in crates]


def pack(crate_id, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count = count
        session.commit()
    crate.count = count + 1
    return crate


def expunged(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        session.expunge(crate)
        session.commit()
    return crate.name


def loaded_again(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "seen"
        session.commit()
        session.get(Crate, crate_id)
    return crate.name


def deleted(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        session.delete(crate)
        session.commit()
    return crate.name


def refused(name):
    with SessionMaker() as session:
        crate = Crate(name=name)
        session.add(crate)
        session.flush()
        session.rollback()
    return crate.name, crate.id


def savepoint(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        with session.begin_nested():
            session.get(Crate, 2)
    return crate.name


def in_another(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        session.commit()
    with SessionMaker() as other:
        other.add(crate)
        name = crate.name
        other.commit()
    return name


def proof():
    assert add("figs") == 4
    assert recount(1, 11) == "apples"
    assert look_at(1) == "apples"
    assert mark("old") == ["apples", "pears", "plums", "figs"]
    assert pack(2, 22).count == 23
    assert stored("SELECT count FROM crates WHERE id = 2") == [(22,)]
    assert expunged(1) == loaded_again(1) == savepoint(1) == in_another(1) == "apples"
    assert deleted(4) == "figs"
    assert refused("dates") == ("dates", 4)
    assert connections_out() == 0


prove(proof)
