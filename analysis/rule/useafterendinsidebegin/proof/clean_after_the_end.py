"""The end of the block is the end of the transaction."""

from sqlalchemy import insert, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def ship(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            session.add(Label(text=text, crate_id=crate_id))


def read(crate_id):
    with SessionMaker() as session:
        with session.begin():
            crate = session.get(Crate, crate_id)
            crate.count += 1
            session.flush()
            return crate.name


def note_the_failure(crate_id):
    with SessionMaker() as session:
        try:
            with session.begin():
                session.get(Crate, crate_id).pack(500)
        except OverflowError:
            with session.begin():
                session.add(Label(text="too much", crate_id=crate_id))


def get_or_create(session, text):
    label = session.execute(select(Label).where(Label.text == text)).scalar_one_or_none()
    if label is None:
        label = Label(text=text)
        session.add(label)
        session.flush()
    return label


def label(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            found = get_or_create(session, text)
            crate = session.get(Crate, crate_id)
            crate.labels.append(found)


def on_a_connection(text):
    with engine.begin() as connection:
        connection.execute(insert(Label).values(text=text))
        connection.execute(insert(Label).values(text=text + " again"))
        connection.commit()


def proof():
    ship(1, "sold")
    assert read(2) == "pears"
    note_the_failure(3)
    label(3, "fresh")
    label(1, "new")
    on_a_connection("big")
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (21,), (30,)]
    assert stored("SELECT text, crate_id FROM labels ORDER BY id") == [
        ("fresh", 3), ("ripe", 2), ("sold", 1), ("too much", 3), ("new", 1), ("big", None), ("big again", None),
    ]
    assert connections_out() == 0


prove(proof)
