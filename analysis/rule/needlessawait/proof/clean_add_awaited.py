"""Plain methods are called, coroutines are awaited."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove, stored

engine = async_engine()


async def add(name):
    async with AsyncSession(engine) as session:
        session.add(Crate(name=name))
        await session.commit()


async def let_go(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        session.expunge(crate)
        return crate.name


async def merged(crate_id, name):
    async with AsyncSession(engine) as session:
        await session.merge(Crate(id=crate_id, name=name))
        await session.commit()


async def proof():
    await add("figs")
    assert await let_go(1) == "apples"
    await merged(2, "quinces")
    assert stored("SELECT name FROM crates ORDER BY id") == [("apples",), ("quinces",), ("plums",), ("figs",)]
    assert connections_out(engine) == 0


prove(proof)
