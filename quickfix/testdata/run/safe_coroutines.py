"""Coroutines that nobody awaits, and sessions that are entered wrongly."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine

engine = async_engine()
SessionMaker = sessionmaker(engine, class_=AsyncSession)


async def forgotten(text):
    async with SessionMaker() as session:
        session.add(Label(text=text))
        session.commit()


async def wrong_with(crate_id):
    with SessionMaker() as session:
        return (await session.get(Crate, crate_id)).name


async def needless(text):
    async with SessionMaker() as session:
        await session.add(Label(text=text))
        await session.commit()


async def expired(text):
    async with SessionMaker() as session:
        label = Label(text=text)
        session.add(label)
        await session.commit()
        return label.text


REPAIRED = [
    ("forgotten", "sold"),
    ("wrong_with", 1),
    ("needless", "sold"),
    ("expired", "sold"),
]
