"""The inner block raises, and the outer one takes everything back."""

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
other_engine = async_engine()


def ship(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            session.flush()
            with session.begin():  # want SES204
                session.add(Label(text=text, crate_id=crate_id))


def label(session, crate_id, text):
    with session.begin():
        session.add(Label(text=text, crate_id=crate_id))


def ship_and_label(crate_id, text):
    with SessionMaker.begin() as session:
        session.get(Crate, crate_id).count = 0
        label(session, crate_id, text)  # want SES204


def on_a_connection(text):
    with engine.begin() as connection:
        connection.execute(insert(Label).values(text=text))
        with connection.begin():  # want SES204
            connection.execute(insert(Label).values(text=text + " again"))


async def ship_async(crate_id, text):
    async with AsyncSession(other_engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = 0
            async with session.begin():  # want SES204
                session.add(Label(text=text, crate_id=crate_id))


def raised(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return str(error)


async def proof():
    told = "A transaction is already begun on this Session."
    assert raised(ship, 1, "a") == told
    assert raised(ship_and_label, 2, "b") == told
    assert "has already initialized a SQLAlchemy Transaction()" in raised(on_a_connection, "c")
    try:
        await ship_async(3, "d")
        error = None
    except Exception as caught:
        error = caught
    assert str(error) == told
    assert stored("SELECT count FROM crates ORDER BY id") == [(10,), (20,), (30,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
