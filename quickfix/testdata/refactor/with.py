"""Sessions that are closed by hand, opened in a with block."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def in_finally(text):
    session = SessionMaker()  # here
    try:
        session.add(Label(text=text))
        session.commit()
    finally:
        session.close()
    return text


def with_a_handler(crate_id):
    session = SessionMaker()  # here
    try:
        name = session.get(Crate, crate_id).name
    except AttributeError:
        name = "nobody"
    finally:
        session.close()
    return name


def plain(least):
    session = SessionMaker()  # here
    names = session.scalars(select(Crate.name).where(Crate.count >= least)).all()
    session.close()
    return names


SAME = [
    ("in_finally", "ripe"),
    ("with_a_handler", 1),
    ("with_a_handler", 99),
    ("plain", 20),
]
