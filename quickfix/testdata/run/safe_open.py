"""Sessions and connections that stay open, and what gives them."""

from contextlib import contextmanager

from sqlalchemy import func, select, text
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def count_of(crate_id):
    session = SessionMaker()
    crate = session.get(Crate, crate_id)
    return crate.count


def packed(crate_id, count):
    session = SessionMaker()
    crate = session.get(Crate, crate_id)
    crate.pack(count)
    session.commit()
    session.close()


def total():
    return SessionMaker().scalar(select(func.sum(Crate.count)))


def names():
    connection = engine.connect()
    rows = connection.execute(text("SELECT name FROM crates ORDER BY id")).fetchall()
    return [row[0] for row in rows]


@contextmanager
def scope():
    session = SessionMaker()
    yield session
    session.commit()
    session.close()


def scoped(crate_id, count):
    with scope() as session:
        session.get(Crate, crate_id).check(count)


def fetched():
    with SessionMaker() as session:
        result = session.execute(select(Crate.name).order_by(Crate.id))
    return [name for name, in result.all()]


def expired(text):
    with SessionMaker() as session:
        label = Label(text=text)
        session.add(label)
        session.commit()
    return label.text


def nested(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            with session.begin():
                session.add(Label(text=text))


def ended(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            session.commit()
            session.add(Label(text=text))
            session.flush()


def closed_inside(text):
    session = SessionMaker()
    with session.begin():
        session.add(Label(text=text))
        session.close()


SAME = [
    ("fetched",),
    ("packed", 1, 3),
    ("scoped", 1, 3),
]

REPAIRED = [
    ("count_of", 1),
    ("total",),
    ("names",),
    ("expired", "sold"),
    ("nested", 1, "sold"),
    ("ended", 1, "sold"),
    ("closed_inside", "sold"),
]
