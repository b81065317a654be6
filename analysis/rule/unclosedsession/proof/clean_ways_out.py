"""The same with a with block, or with a finally that closes."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from stock import Crate, Label, connections_out, engine, prove


def names():
    with Session(engine, future=True) as session:
        return session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()


def label_of(crate_id):
    session = Session(engine, future=True)
    try:
        label = session.execute(select(Label.text).where(Label.crate_id == crate_id)).scalar()
        if label is None:
            return None
        return label
    finally:
        session.close()


def labelled(ids):
    found = []
    for crate_id in ids:
        with Session(engine, future=True) as session:
            if session.execute(select(Label.id).where(Label.crate_id == crate_id)).first() is None:
                continue
            found.append(crate_id)
    return found


def both():
    with Session(engine, future=True) as session:
        crates = session.execute(select(Crate.id)).scalars().all()
    with Session(engine, future=True) as session:
        return crates, session.execute(select(Label.id)).scalars().all()


def proof():
    assert names() == ["apples", "pears", "plums"]
    assert label_of(1) == "fresh"
    assert label_of(3) is None
    assert labelled([1, 3, 2]) == [1, 2]
    assert both() == ([1, 2, 3], [1, 2])
    assert connections_out() == 0


prove(proof)
