"""The same with asyncio: await changes nothing about it."""

import asyncio
import logging
from contextlib import aclosing

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from metro.models import Line, Station, Train

log = logging.getLogger(__name__)
engine = create_async_engine("postgresql+asyncpg://localhost/metro")
async_session = async_sessionmaker(engine, expire_on_commit=False)


async def stations(line_id):
    async with async_session() as session:
        query = select(Station).where(Station.line_id == line_id)
    return (await session.scalars(query)).all()  # want SES101


async def open_line(name):
    async with async_session() as session:
        async with session.begin():
            session.add(Line(name=name))
    lines = await session.scalar(select(func.count(Line.id)))  # want SES101
    log.info("%d lines", lines)


async def begun(name):
    async with async_session.begin() as session:
        session.add(Line(name=name))
    session.add(Station(name=name))  # want SES101


async def both_in_one(name):
    async with AsyncSession(engine) as session, session.begin():
        session.add(Line(name=name))
    result = await session.execute(select(Line).where(Line.name == name))  # want SES101
    return result.scalar_one()


async def closed(line_id):
    session = AsyncSession(engine)
    line = await session.get(Line, line_id)
    await session.close()
    await session.refresh(await session.merge(line))  # want SES101
    return line


async def streamed(line_id):
    async with async_session() as session:
        query = select(Train).where(Train.line_id == line_id)
    async for train in await session.stream_scalars(query):  # want SES101
        yield train


async def in_a_comprehension(ids):
    async with async_session() as session:
        known = (await session.scalars(select(Station.id))).all()
    return [await session.get(Station, i) for i in ids if i in known]  # want SES101


async def deleted(train_id):
    async with async_session() as session:
        train = await session.get(Train, train_id)
    await session.delete(train)  # want SES101


async def in_the_sync_world(train_id):
    async with async_session() as session:
        train = await session.get(Train, train_id)
    return await session.run_sync(lambda s: s.merge(train).line)  # want SES101


async def inside(line_id):
    async with async_session() as session:
        query = select(Station).where(Station.line_id == line_id)
        return (await session.scalars(query)).all()


async def rows_were_read(line_id):
    async with aclosing(async_session()) as session:
        result = await session.scalars(select(Station).where(Station.line_id == line_id))
    return result.all()


async def loaded_objects(line_id):
    async with async_session() as session:
        line = await session.get(Line, line_id)
    await asyncio.sleep(0.1)
    return line.name


async def one_each(names):
    for name in names:
        async with async_session() as session:
            session.add(Line(name=name))
            await session.commit()


async def committed_after(name):
    session = async_session()
    async with session:
        await session.scalars(select(Line))
    session.add(Line(name=name))
    await session.commit()


async def closed_last(name):
    session = async_session()
    try:
        session.add(Line(name=name))
        await session.commit()
    finally:
        await session.close()
    log.info("added %s", name)
