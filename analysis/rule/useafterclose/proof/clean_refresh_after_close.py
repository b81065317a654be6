"""An object is refreshed by a session that has it."""

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove


def within_the_block(crate_id):
    with Session(engine, future=True) as session:
        crate = session.get(Crate, crate_id)
        crate.count += 1
        session.commit()
        session.refresh(crate)
    return crate.count


def merged_first(crate_id):
    session = Session(engine, future=True)
    with session:
        crate = session.get(Crate, crate_id)
    with session:
        crate = session.merge(crate)
        session.refresh(crate)
        return crate.name


def proof():
    assert within_the_block(1) > 0
    assert merged_first(2) == "pears"
    assert connections_out() == 0


prove(proof)
