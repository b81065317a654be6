"""The same with asyncio."""

from dataclasses import dataclass, field
from typing import Optional

import aiohttp
from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session, async_sessionmaker, create_async_engine

from choir.context import current_request
from choir.models import Singer, Song

engine = create_async_engine("postgresql+asyncpg://localhost/choir")
async_session = async_sessionmaker(engine)
registry = async_scoped_session(async_session, scopefunc=current_request)


async def get_session():
    async with async_session() as session:
        yield session


async def by_maker(session: AsyncSession = async_session()):  # want SES106
    return (await session.scalars(select(Song))).all()


async def by_class(session=AsyncSession(engine)):  # want SES106
    return (await session.scalars(select(Song))).all()


async def rows(name, session=async_session()):  # want SES106
    async for song in await session.stream_scalars(select(Song).where(Song.name == name)):
        yield song


class Songs:
    session = async_session()  # want SES106

    async def all(self):
        return (await self.session.scalars(select(Song))).all()


@dataclass
class Context:
    session: AsyncSession = AsyncSession(engine)  # want SES106


async def none(session: Optional[AsyncSession] = None):
    if session is None:
        async with async_session() as session:
            return (await session.scalars(select(Song))).all()
    return (await session.scalars(select(Song))).all()


async def the_factory(factory=async_session):
    async with factory() as session:
        return (await session.scalars(select(Song))).all()


async def the_registry(session=registry):
    return (await session.scalars(select(Song))).all()


async def dependency(session: AsyncSession = Depends(get_session)):
    return (await session.scalars(select(Song))).all()


async def of_another_library(make=aiohttp.ClientSession):
    async with make() as session:
        return await session.get("https://example.org/songs")


class WithAMaker:
    session_maker = async_session

    async def all(self):
        async with self.session_maker() as session:
            return (await session.scalars(select(Singer))).all()


@dataclass
class WithAFieldFactory:
    session: AsyncSession = field(default_factory=async_session)

    async def close(self):
        await self.session.close()
