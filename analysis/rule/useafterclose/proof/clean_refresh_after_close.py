"""An object is refreshed by a session that has it."""

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, stored


def counted(crate_id):
    with Session(engine, future=True) as session:
        crate = session.get(Crate, crate_id)
        crate.count += 1
        session.commit()
        session.refresh(crate)
    return crate.count


def renamed(crate_id):
    session = Session(engine, future=True)
    with session:
        crate = session.get(Crate, crate_id)
    with session:
        crate = session.merge(crate)
        session.expire(crate)
        return crate.name


def proof():
    assert [(counted(1),)] == stored("SELECT count FROM crates WHERE id = 1")
    assert renamed(2) == "pears"
    assert connections_out() == 0


prove(proof)
