"""A coroutine may be awaited later, or by another."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def known(crate_id):
    async with AsyncSession(engine) as session:
        found = session.get(Crate, crate_id)
        if await found:
            return True
    return False


async def names():
    async with AsyncSession(engine) as session:
        result = await asyncio.wait_for(session.execute(select(Crate.name)), 5)
        return result.scalars().all()


async def proof():
    assert not await known(99)
    assert await known(1)
    assert await names() == ["apples", "pears", "plums"]
    assert connections_out(engine) == 0


prove(proof)
