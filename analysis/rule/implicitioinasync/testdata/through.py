"""Objects and sessions that go through functions of the file."""

import logging
from contextlib import asynccontextmanager

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from trail.db import engine
from trail.models import Hiker, Hut

log = logging.getLogger(__name__)
async_session = async_sessionmaker(engine)
keeping_session = async_sessionmaker(engine, expire_on_commit=False)


async def save(session: AsyncSession, hut):
    session.add(hut)
    await session.commit()


async def open_hut(name):
    async with async_session() as session:
        hut = Hut(name=name)
        await save(session, hut)
        return hut.id  # want SES303


async def open_hut_kept(name):
    async with keeping_session() as session:
        hut = Hut(name=name)
        await save(session, hut)
        return hut.id


async def save_and_load(session: AsyncSession, hut):
    session.add(hut)
    await session.commit()
    await session.refresh(hut)


async def open_hut_loaded(name):
    async with async_session() as session:
        hut = Hut(name=name)
        await save_and_load(session, hut)
        return hut.id


async def undo(session: AsyncSession):
    await session.rollback()


async def looked_at(hut_id):
    async with keeping_session() as session:
        hut = await session.get(Hut, hut_id)
        await undo(session)
        return hut.name  # want SES303


@asynccontextmanager
async def unit_of_work():
    async with async_session() as session:
        async with session.begin():
            yield session


async def in_the_unit(hut_id):
    async with unit_of_work() as session:
        hut = await session.get(Hut, hut_id)
        hut.cleaned = func.now()
        return hut.name


async def after_the_unit(hut_id):
    async with unit_of_work() as session:
        hut = await session.get(Hut, hut_id)
        hut.cleaned = func.now()
    return hut.name  # want SES302


class Hikers:
    def __init__(self, factory: async_sessionmaker):
        self.factory = factory

    async def arrived(self, hiker_id):
        async with self.factory() as session:
            hiker = await session.get(Hiker, hiker_id)
            log.info("%s has arrived", hiker.name)
            hiker.arrived = func.now()
            await session.commit()

    async def all(self):
        async with self.factory() as session:
            return [hiker.name for hiker in await session.scalars(select(Hiker))]


class Huts:
    def __init__(self):
        self.factory = async_sessionmaker(engine)

    async def close(self, hut_id):
        async with self.factory() as session:
            hut = await session.get(Hut, hut_id)
            hut.closed = func.now()
            await session.commit()
            log.info("%s is closed", hut.name)  # want SES303

    async def closed(self, hut_id):
        async with self.factory() as session:
            hut = await session.get(Hut, hut_id)
            log.info("%s is to be closed", hut.name)
            hut.closed = func.now()
            await session.commit()


async def one_way(hut_id, clean):
    async with async_session() as session:
        hut = await session.get(Hut, hut_id)
        if clean:
            hut.cleaned = func.now()
            await session.commit()
            return None
        return hut.name


async def either_way(hut_id, clean):
    async with async_session() as session:
        hut = await session.get(Hut, hut_id)
        if clean:
            hut.cleaned = func.now()
            await session.commit()
            await session.refresh(hut)
        return hut.name


async def only_read(hut_id):
    async with async_session() as session:
        hut = await session.get(Hut, hut_id)
        return hut.name
