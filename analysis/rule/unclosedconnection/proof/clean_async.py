"""Asynchronous connections that are closed, and not used after that."""

from sqlalchemy import func, select
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()
crates = Crate.__table__


async def names():
    conn = await engine.connect()
    try:
        return (await conn.execute(select(crates.c.name).order_by(crates.c.id))).scalars().all()
    finally:
        await conn.close()


async def how_many():
    async with engine.connect() as conn:
        return (await conn.execute(select(func.count(crates.c.id)))).scalar()


async def after_the_block():
    async with engine.connect() as conn:
        found = (await conn.execute(select(crates.c.name))).scalars().all()
        return found, (await conn.execute(select(func.count(crates.c.id)))).scalar()


async def proof():
    assert await names() == ["apples", "pears", "plums"]
    assert await how_many() == 3
    assert (await after_the_block())[1] == 3
    assert connections_out(engine) == 0


prove(proof)
