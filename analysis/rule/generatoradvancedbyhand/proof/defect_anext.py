"""An asynchronous generator is closed by the event loop, in its next turn."""

import asyncio

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
    session = await get_session().__anext__()  # want SES105
    await asyncio.sleep(0.01)  # any await lets the loop close it
    found = (await session.execute(select(Crate.name).where(Crate.count >= least))).scalars().all()
    events.append("used")
    return found


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert events == ["used"]
    assert connections_out(engine) == 1
    assert await names(30) == ["plums"]
    assert connections_out(engine) == 2


prove(proof)
