"""One block, or a savepoint in it."""

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
            with session.begin_nested():
                session.add(Label(text=text, crate_id=crate_id))


def label(session, crate_id, text):
    session.add(Label(text=text, crate_id=crate_id))


def ship_and_label(crate_id, text):
    with SessionMaker.begin() as session:
        session.get(Crate, crate_id).count = 0
        label(session, crate_id, text)


def on_a_connection(text):
    with engine.begin() as connection:
        connection.execute(insert(Label).values(text=text))
        with connection.begin_nested():
            connection.execute(insert(Label).values(text=text + " again"))


async def ship_async(crate_id, text):
    async with AsyncSession(other_engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = 0
            async with session.begin_nested():
                session.add(Label(text=text, crate_id=crate_id))


async def proof():
    ship(1, "a")
    ship_and_label(2, "b")
    on_a_connection("c")
    await ship_async(3, "d")
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (0,), (0,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [
        ("fresh",), ("ripe",), ("a",), ("b",), ("c",), ("c again",), ("d",),
    ]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
