"""commit() and rollback() end the transaction of a begin block for good."""

from sqlalchemy import insert, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def ship(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            session.commit()
            session.add(Label(text=text, crate_id=crate_id))  # want SES205


def read(crate_id):
    with SessionMaker() as session:
        with session.begin():
            crate = session.get(Crate, crate_id)
            crate.count += 1
            session.commit()
            return crate.name  # want SES205


def note_the_failure(crate_id):
    with SessionMaker() as session:
        with session.begin():
            try:
                session.get(Crate, crate_id).pack(500)
            except OverflowError:
                session.rollback()
                session.add(Label(text="too much", crate_id=crate_id))  # want SES205


def get_or_create(session, text):
    label = session.execute(select(Label).where(Label.text == text)).scalar_one_or_none()
    if label is None:
        label = Label(text=text)
        session.add(label)
        session.commit()
    return label


def label(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            found = get_or_create(session, text)
            crate = session.get(Crate, crate_id)  # want SES205
            crate.labels.append(found)


def on_a_connection(text):
    with engine.begin() as connection:
        connection.execute(insert(Label).values(text=text))
        connection.commit()
        connection.execute(insert(Label).values(text=text + " again"))  # want SES205


def raised(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__, str(error)[:60]


def proof():
    told = ("InvalidRequestError", "Can't operate on closed transaction inside context manager. ")
    assert raised(ship, 1, "sold") == told
    # What was committed stays.
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert raised(read, 2) == told
    assert stored("SELECT count FROM crates WHERE id = 2") == [(21,)]
    assert raised(note_the_failure, 3) == told
    assert raised(label, 3, "fresh") is None
    assert raised(label, 1, "new") == told
    assert raised(on_a_connection, "big") == told
    assert stored("SELECT text, crate_id FROM labels ORDER BY id") == [
        ("fresh", 3), ("ripe", 2), ("new", None), ("big", None),
    ]
    assert connections_out() == 0


prove(proof)
