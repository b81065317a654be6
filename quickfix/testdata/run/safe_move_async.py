"""The same with asyncio."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine

engine = async_engine()


async def names(least):
    async with AsyncSession(engine) as session:
        query = select(Crate.name).where(Crate.count >= least)
    result = await session.execute(query)
    return result.scalars().all()


async def behind_a_transaction(text):
    async with AsyncSession(engine) as session:
        async with session.begin():
            session.add(Label(text=text))
    found = []
    for label in await session.scalars(select(Label.text).order_by(Label.id)):
        found.append(label)
    return found


async def streamed(least):
    async with AsyncSession(engine) as session:
        await session.get(Crate, 1)
    total = 0
    async for count in await session.stream_scalars(select(Crate.count).where(Crate.count >= least)):
        total += count
    return total


SAME = [
    ("names", 20),
    ("behind_a_transaction", "sold"),
    ("behind_a_transaction", "ripe"),
    ("streamed", 20),
]
