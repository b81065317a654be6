"""Collapses that change something, as their titles say."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def attempt(crate_id, count, label):
    with SessionMaker() as session:
        session.get(Crate, crate_id).state = "tried"
        session.commit()
        try:
            crate = session.execute(select(Crate).where(Crate.id == crate_id).with_for_update()).scalar_one()
            crate.pack(count)
            session.commit()
        except OverflowError:
            return False
        else:
            session.add(Label(text=label, crate_id=crate_id))
            session.commit()
        return True


def counted_on(crate_id, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "tried"
        session.commit()
        crate.pack(count)
        session.commit()


def noted(crate_id, count):
    with SessionMaker() as session:
        session.add(Label(text="tried", crate_id=crate_id))
        session.commit()
        try:
            session.get(Crate, crate_id).check(count)
            session.commit()
        except OverflowError as error:
            session.add(Label(text=f"too many: {error}", crate_id=crate_id))
            session.commit()


def looked_at(crate_id):
    with SessionMaker() as session:
        session.get(Crate, crate_id).count = 0
        session.commit()
        with SessionMaker() as other:
            found = other.get(Crate, crate_id).count
        session.add(Label(text=f"found {found}", crate_id=crate_id))
        session.commit()


SAME = [
    ("attempt", 1, 50, "sold"),
    ("attempt", 1, 500, "sold"),
    ("attempt", 99, 50, "sold"),
    ("counted_on", 1, 50),
    ("noted", 1, 50),
    ("noted", 1, 500),
]

MENDED = [("attempt", 1, 50, "ripe"), ("counted_on", 1, 500)]

DIFFERENT = [("looked_at", 1)]
