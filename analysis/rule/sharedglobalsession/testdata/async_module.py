"""The same with asyncio."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session, async_sessionmaker, create_async_engine

from archive.models import Box

engine = create_async_engine("postgresql+asyncpg://localhost/archive")
async_session = async_sessionmaker(engine)

session = async_session()  # want SES107
db = AsyncSession(engine)  # want SES107
registry = async_scoped_session(async_session, scopefunc=asyncio.current_task)


async def boxes():
    return (await session.scalars(select(Box))).all()


class Boxes:
    async def find(self, box_id):
        return await db.get(Box, box_id)


async def by_registry(box_id):
    try:
        return await registry.get(Box, box_id)
    finally:
        await registry.remove()


async def its_own(box_id):
    async with async_session() as session:
        return await session.get(Box, box_id)


async def given(session, box_id):
    return await session.get(Box, box_id)
