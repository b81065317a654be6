"""SELECT FOR UPDATE locks until the transaction ends, and does not refresh an object that is loaded already."""
# needs: PostgreSQL

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from stock import Crate, engine, prove, raises, stored


def set_count(crate_id, count):
    with Session(engine, future=True) as session, session.begin():
        session.execute(update(Crate).where(Crate.id == crate_id).values(count=count))


def take(session, crate_id):
    return session.execute(select(Crate).where(Crate.id == crate_id).with_for_update()).scalar_one()


def proof():
    with Session(engine, future=True) as session:
        crate = session.get(Crate, 1)
        set_count(1, 11)
        assert take(session, 1).count == 10, "the loaded value stays"
        session.refresh(crate, with_for_update=True)
        assert crate.count == 11

        with raises(OperationalError, "...canceling statement due to lock timeout\n..."):
            set_count(1, 12)
        session.commit()  # frees the row
        set_count(1, 12)
        assert crate.count == 12, "commit() is a point of refresh"
    assert stored("SELECT count FROM crates WHERE id = 1") == [(12,)]


prove(proof)
