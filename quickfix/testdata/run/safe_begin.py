"""Transactions that begin too late, and errors that nobody rolled back."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def looked_first(crate_id, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        with session.begin():
            crate.count = count
        return session.get(Crate, crate_id).count


def looked_if_asked(crate_id, ask):
    with SessionMaker() as session:
        if ask:
            session.get(Crate, crate_id)
        with session.begin():
            session.get(Crate, crate_id).count = 0


def swallowed(text):
    with SessionMaker() as session:
        session.get(Crate, 1).count = 0
        session.commit()
        try:
            session.add(Label(text=text))
            session.flush()
        except IntegrityError:
            print("there is one")
        return session.get(Crate, 1).name


def label(session, text):
    session.add(Label(text=text))
    try:
        session.commit()
    except IntegrityError:
        print("there is one")


def labelled(session: Session, text):
    label(session, text)
    return session.get(Crate, 1).name


def swallowed_in_a_helper(text):
    with SessionMaker() as mine:
        return labelled(mine, text)


SAME = [
    ("looked_if_asked", 1, False),
    ("swallowed", "sold"),
    ("swallowed_in_a_helper", "sold"),
]

REPAIRED = [
    ("looked_first", 1, 3),
    ("looked_if_asked", 1, True),
    ("swallowed", "ripe"),
    ("swallowed_in_a_helper", "ripe"),
]
