"""One call after the other, and a gather() whose other coroutine is a stranger to the session."""

# only: SQLAlchemy >= 2.0

import asyncio

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove

engine = async_engine()


async def overview():
    async with AsyncSession(engine) as session:
        crates = await session.scalar(select(func.count(Crate.id)))
        labels = await session.scalar(select(func.count(Label.id)))
    return crates, labels


async def beside_another(other):
    async with AsyncSession(engine) as session:
        crates, _ = await asyncio.gather(session.scalar(select(func.count(Crate.id))), other)
    return crates


async def proof():
    assert await overview() == (3, 2)
    assert await beside_another(asyncio.sleep(0)) == 3
    assert connections_out(engine) == 0


prove(proof)
