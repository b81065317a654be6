"""An AsyncSession without a name."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def names(least):
    return (await AsyncSession(engine).execute(select(Crate.name).where(Crate.count >= least))).scalars().all()  # want SES103


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert connections_out(engine) == 1
    assert await names(30) == ["plums"]
    assert connections_out(engine) == 2


prove(proof)
