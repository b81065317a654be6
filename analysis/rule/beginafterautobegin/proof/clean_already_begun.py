"""The begin block comes first, or the transaction before it is ended."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def after_a_query(text):
    with SessionMaker() as session:
        with session.begin():
            crate = session.execute(select(Crate.id).where(Crate.name == "apples")).scalar_one()
            session.add(Label(text=text, crate_id=crate))


def after_an_add(text):
    with SessionMaker() as session:
        label = Label(text=text)
        query = session.query(Label)
        with session.begin():
            session.add(label)
            session.add(Label(text=text + str(query.count())))


def after_an_expired_attribute(text):
    with SessionMaker() as session:
        with session.begin():
            crate = session.get(Crate, 1)
            crate.count = 0
        name = crate.name
        session.commit()
        with session.begin():
            session.add(Label(text=text + " of " + name))


def in_each_turn():
    with SessionMaker() as session:
        with session.begin():
            crates = session.execute(select(Crate.id)).scalars().all()
        for crate in crates:
            with session.begin():
                session.get(Crate, crate).count = 7


def on_a_connection(text):
    with engine.connect() as connection:
        crate = connection.execute(select(Crate.id).where(Crate.name == "pears")).scalar_one()
        connection.rollback()
        with connection.begin():
            connection.execute(Label.__table__.insert().values(text=text, crate_id=crate))


def proof():
    after_a_query("a")
    after_an_add("b")
    after_an_expired_attribute("c")
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (20,), (30,)]
    in_each_turn()
    on_a_connection("d")
    assert stored("SELECT text FROM labels ORDER BY id") == [
        ("fresh",), ("ripe",), ("a",), ("b",), ("b4",), ("c of apples",), ("d",),
    ]
    assert stored("SELECT count FROM crates ORDER BY id") == [(7,), (7,), (7,)]
    assert connections_out() == 0


prove(proof)
