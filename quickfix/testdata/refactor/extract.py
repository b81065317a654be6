"""Blocks whose work is extracted into functions that are lent the session."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def committed(crate_id, text):
    with SessionMaker() as session:  # here
        crate = session.get(Crate, crate_id)
        # The label comes first.
        session.add(Label(text=text, crate_id=crate.id))
        crate.count += 1
        session.commit()
    return text


# Told by a comment above.
def given(least):
    found = 0
    with Session(engine) as session:  # here
        crates = session.scalars(select(Crate).where(Crate.count >= least).order_by(Crate.id)).all()
        names = [c.name for c in crates]
        found = found + len(names)
    if found:
        names.append("and no more")
    return names, found


def returned(least):
    with SessionMaker() as session:  # here
        return session.scalars(select(Crate.name).where(Crate.count >= least)).all()


def fetched(crate_id):
    with SessionMaker() as session:  # here
        crate = session.get(Crate, crate_id)
        crate.state = """
  ripe
"""
        name = crate.name
        session.commit()
        return name


def on_some_way(crate_id, name):
    with SessionMaker() as session:  # here
        crate = session.get(Crate, crate_id)
        if crate is not None:
            name = crate.name
    return name


def turned(limits):
    total = 0
    for limit in limits:
        with SessionMaker() as session:  # here
            for crate in session.scalars(select(Crate).where(Crate.count >= limit)):
                if crate.count > 100:
                    continue
                total += crate.count
    return total


class Stock:
    """Shelves."""

    def __init__(self, least):
        self.least = least

    def names(self, crate):
        with SessionMaker() as session:  # here
            crates = session.scalars(select(Crate).where(Crate.count >= self.least))
            return sorted(crate.name for crate in crates) + [crate]


def in_a_class(least):
    return Stock(least).names("more")


def missing(crate_id):
    with SessionMaker() as session:  # here
        crate = session.get(Crate, crate_id)
        crate.pack(7)
        session.commit()


def in_a_begin_block(text):
    with SessionMaker() as session, session.begin():  # here
        session.add(Label(text=text))


SAME = [
    ("committed", 1, "ripe"),
    ("committed", 99, "ripe"),
    ("given", 20),
    ("given", 999),
    ("returned", 20),
    ("fetched", 1),
    ("on_some_way", 1, "nobody"),
    ("on_some_way", 99, "nobody"),
    ("turned", [10, 20]),
    ("in_a_class", 20),
    ("missing", 1),
    ("missing", 99),
    ("in_a_begin_block", "ripe"),
]
