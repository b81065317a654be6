"""Moves that change something, as their titles say."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def lost_label(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
    session.add(Label(text=text, crate_id=crate_id))


def crate(crate_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
    return session.scalars(select(Crate).where(Crate.id == crate_id)).first()


def crate_and_labels(crate_id):
    with SessionMaker() as session:
        session.get(Crate, 1)
    found = session.get(Crate, crate_id)
    return [label.text for label in found.labels]


SAME = [("crate", 1)]

DIFFERENT = [("lost_label", 1, "sold"), ("crate_and_labels", 3)]
