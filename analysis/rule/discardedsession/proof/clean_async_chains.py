"""An AsyncSession in a block."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def names(least):
    async with AsyncSession(engine) as session:
        return (await session.execute(select(Crate.name).where(Crate.count >= least))).scalars().all()


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert await names(30) == ["plums"]
    assert connections_out(engine) == 0


prove(proof)
