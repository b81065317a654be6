"""The generator runs to its end, or is closed after the last use."""

import asyncio
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()
events = []


async def get_session():
    async with AsyncSession(engine) as session:
        yield session
    events.append("ended")  # only where the generator runs to its end


async def names(least):
    async with asynccontextmanager(get_session)() as session:
        await asyncio.sleep(0.01)
        found = (await session.execute(select(Crate.name).where(Crate.count >= least))).scalars().all()
        events.append("used")
        return found


async def kept(crate_id):
    generator = get_session()
    session = await generator.__anext__()
    try:
        return (await session.execute(select(Crate.name).where(Crate.id == crate_id))).scalar()
    finally:
        await generator.aclose()


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert events == ["used", "ended"]
    assert await kept(1) == "apples"
    assert events == ["used", "ended"]
    assert connections_out(engine) == 0


prove(proof)
