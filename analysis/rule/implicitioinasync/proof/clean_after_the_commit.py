"""What is refreshed, kept, or loaded in run_sync() can be read."""

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
    async with AsyncSession(engine, expire_on_commit=False) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = count
        return crate.name


async def look_at(crate_id):
    async with AsyncSession(engine, expire_on_commit=False) as session:
        crate = await session.get(Crate, crate_id)
        await session.rollback()
        return await session.run_sync(lambda _: crate.name)


async def loaded_again(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        crate.state = "seen"
        await session.commit()
        await session.get(Crate, crate_id)
        return crate.name


async def savepoint(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        async with session.begin_nested():
            await session.get(Crate, 2)
        return crate.name


async def proof():
    assert await add("figs") == 4
    assert await recount(1, 11) == "apples"
    assert await look_at(1) == "apples"
    assert await loaded_again(1) == "apples"
    assert await savepoint(1) == "apples"
    assert stored("SELECT count, state FROM crates WHERE id = 1") == [(11, "seen")]
    assert connections_out(engine) == 0


prove(proof)
