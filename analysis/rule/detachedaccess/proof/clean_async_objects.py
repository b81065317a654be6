"""With expire_on_commit=False, or refreshed, or never committed, they can be read."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove, stored

engine = async_engine()


async def add(name):
    async with AsyncSession(engine) as session:
        crate = Crate(name=name)
        session.add(crate)
        await session.commit()
        await session.refresh(crate)
    return crate.id


async def recount(crate_id, count):
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        crate = await session.get(Crate, crate_id)
        crate.count = count
    return crate.name


async def only_read(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
    return crate.name


async def proof():
    assert await add("figs") == 4
    assert await recount(1, 11) == "apples"
    assert await only_read(1) == "apples"
    assert stored("SELECT count FROM crates WHERE id IN (1, 4) ORDER BY id") == [(11,), (0,)]
    assert connections_out(engine) == 0


prove(proof)
