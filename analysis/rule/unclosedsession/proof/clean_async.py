"""An AsyncSession that is closed on every way out."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def names(least):
    async with AsyncSession(engine) as session:
        return (await session.execute(select(Crate.name).where(Crate.count >= least))).scalars().all()


async def state(crate_id):
    session = AsyncSession(engine)
    try:
        crate = await session.get(Crate, crate_id)
        if crate is None:
            return None
        return crate.state
    finally:
        await session.close()


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert await state(1) == "new"
    assert await state(9) is None
    assert connections_out(engine) == 0


prove(proof)
