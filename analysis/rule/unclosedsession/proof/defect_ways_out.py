"""The end of a function does not close its session, nor does the next turn of a loop."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from stock import Crate, Label, connections_out, engine, prove


def names():
    session = Session(engine, future=True)  # want SES102
    return session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()


def label_of(crate_id):
    session = Session(engine, future=True)  # want SES102
    label = session.execute(select(Label.text).where(Label.crate_id == crate_id)).scalar()
    if label is None:
        return None
    session.close()
    return label


def labelled(ids):
    found = []
    for crate_id in ids:
        session = Session(engine, future=True)  # want SES102
        if session.execute(select(Label.id).where(Label.crate_id == crate_id)).first() is None:
            continue
        found.append(crate_id)
        session.close()
    return found


def both():
    session = Session(engine, future=True)  # want SES102
    crates = session.execute(select(Crate.id)).scalars().all()
    session = Session(engine, future=True)
    try:
        return crates, session.execute(select(Label.id)).scalars().all()
    finally:
        session.close()


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert connections_out() == 1
    assert label_of(1) == "fresh"
    assert connections_out() == 1
    assert label_of(3) is None
    assert connections_out() == 2
    assert labelled([1, 3, 2]) == [1, 2]
    assert connections_out() == 3
    assert both() == ([1, 2, 3], [1, 2])
    assert connections_out() == 4


prove(proof)
