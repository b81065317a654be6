"""What begins a transaction, with and without SQL."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def after_a_query(text):
    with SessionMaker() as session:
        crate = session.execute(select(Crate.id).where(Crate.name == "apples")).scalar_one()
        with session.begin():  # want SES203
            session.add(Label(text=text, crate_id=crate))


def after_an_add(text):
    with SessionMaker() as session:
        session.add(Label(text=text))
        with session.begin():  # want SES203
            session.add(Label(text=text + " again"))


def after_an_expired_attribute(text):
    with SessionMaker() as session:
        with session.begin():
            crate = session.get(Crate, 1)
            crate.count = 0
        name = crate.name
        with session.begin():  # want SES203
            session.add(Label(text=text + " of " + name))


def in_each_turn():
    with SessionMaker() as session:
        for crate in session.execute(select(Crate)).scalars():
            with session.begin():  # want SES203
                crate.count = 7


def on_a_connection(text):
    with engine.connect() as connection:
        crate = connection.execute(select(Crate.id).where(Crate.name == "pears")).scalar_one()
        with connection.begin():  # want SES203
            connection.execute(Label.__table__.insert().values(text=text, crate_id=crate))


def raised(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__, str(error)


def proof():
    told = ("InvalidRequestError", "A transaction is already begun on this Session.")
    assert raised(after_a_query, "a") == told
    assert raised(after_an_add, "b") == told
    assert raised(after_an_expired_attribute, "c") == told
    assert raised(in_each_turn) == told
    error, text = raised(on_a_connection, "d")
    assert error == "InvalidRequestError" and "has already initialized a SQLAlchemy Transaction()" in text
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",)]
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (20,), (30,)]
    assert connections_out() == 0


prove(proof)
