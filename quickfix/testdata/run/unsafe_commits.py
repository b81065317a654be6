"""Commits that are missing, too many, or in the wrong place."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def never(text):
    with SessionMaker() as session:
        session.add(Label(text=text))


def behind_the_block(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
        session.add(Label(text=text, crate_id=crate_id))


def returned(text):
    with SessionMaker() as session:
        label = Label(text=text)
        session.add(label)
        return label


def each(counts):
    with SessionMaker() as session:
        for number, count in counts:
            session.get(Crate, number).pack(count)
            session.commit()


def handed_in(session: Session, crate_id, count):
    session.add(Label(text="tried", crate_id=crate_id))
    session.commit()
    session.get(Crate, crate_id).pack(count)
    session.commit()


def of_a_caller(crate_id, count):
    with SessionMaker() as mine:
        return handed_in(mine, crate_id, count)


def note(session: Session, text, crate_id):
    session.add(Label(text=text, crate_id=crate_id))
    session.commit()


def noted_first(crate_id, count):
    with SessionMaker() as session:
        note(session, "tried", crate_id)
        session.get(Crate, crate_id).pack(count)
        session.commit()


def handled(crate_id, text):
    with SessionMaker.begin() as session:
        session.get(Crate, crate_id).count = 0
        try:
            session.add(Label(text=text))
            session.add(Label(text=text))
            session.flush()
        except IntegrityError:
            print("there is one")


SAME = [
    ("each", [(1, 3), (2, 4)]),
    ("of_a_caller", 1, 3),
    ("noted_first", 1, 3),
]

MENDED = [
    ("each", [(1, 3), (2, 400)]),
    ("of_a_caller", 1, 400),
    ("noted_first", 1, 400),
]

REPAIRED = [
    ("never", "sold"),
    ("returned", "sold"),
    ("handled", 1, "sold"),
]

DIFFERENT = [("behind_the_block", 1, "sold")]
