"""Neither does async with commit."""

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def ship(crate_id, text):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        crate.count = 0  # want SES206
        session.add(Label(text=text, crate_id=crate_id))
        await session.flush()


async def on_a_connection(text):
    async with engine.connect() as connection:
        await connection.execute(insert(Label).values(text=text))  # want SES206


async def proof():
    await ship(1, "sold")
    await on_a_connection("lent")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",)]
    assert connections_out(engine) == 0


prove(proof)
