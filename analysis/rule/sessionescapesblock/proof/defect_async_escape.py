"""An AsyncSession that leaves its block, and one that goes to a task."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def opened():
    async with AsyncSession(engine) as session:
        return session  # want SES108


async def read(session, crate_id):
    return (await session.execute(select(Crate.name).where(Crate.id == crate_id))).scalar()


async def in_a_task(crate_id):
    async with AsyncSession(engine) as session:
        task = asyncio.create_task(read_later(session, crate_id))  # want SES108
    return task


async def read_later(session, crate_id):
    await asyncio.sleep(0.05)
    return await read(session, crate_id)


async def proof():
    assert await read(await opened(), 1) == "apples"
    assert connections_out(engine) == 1
    assert await (await in_a_task(2)) == "pears"
    assert connections_out(engine) == 2


prove(proof)
