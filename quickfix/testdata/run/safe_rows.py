"""Rows that must be there, and collections that were read before."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def loaded_collection(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        print(len(crate.labels), file=__import__("sys").stderr)
        session.add(Label(text="x", crate_id=crate.id))
        session.commit()
        crate.count = len(crate.labels)
        session.commit()


def must_exist(crate_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, 1).count = 0
    return session.scalars(select(Crate.name).where(Crate.id == crate_id)).one()


SAME = [
    ("loaded_collection", 1),
    ("must_exist", 1),
    ("must_exist", 99),
]
