"""Blocks of asynchronous sessions."""

import sqlalchemy
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine

engine = async_engine()


async def awaited(text):
    async with AsyncSession(engine) as session:  # here
        session.add(Label(text=text))
        await session.flush()
        await session.commit()


async def gone_through(least):
    names = []
    async with AsyncSession(engine) as session:  # here
        result = await session.stream_scalars(select(Crate.name).where(Crate.count >= least))
        names = [name async for name in result]
    return names, sqlalchemy.__name__


SAME = [
    ("awaited", "ripe"),
    ("gone_through", 20),
]
