"""The block lasts as long as its session is used."""

import asyncio
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def opened():
    return Later()


class Later:
    """Opens a session for each read."""

    async def execute(self, statement):
        async with AsyncSession(engine) as session:
            return await session.execute(statement)


@asynccontextmanager
async def scope():
    async with AsyncSession(engine) as session:
        yield session


async def read(session, crate_id):
    return (await session.execute(select(Crate.name).where(Crate.id == crate_id))).scalar()


async def in_a_task(crate_id):
    return asyncio.create_task(read_in_its_own(crate_id))


async def read_in_its_own(crate_id):
    await asyncio.sleep(0.05)
    async with scope() as session:
        return await read(session, crate_id)


async def proof():
    assert await read(await opened(), 1) == "apples"
    assert await (await in_a_task(2)) == "pears"
    assert connections_out(engine) == 0


prove(proof)
