"""The same with asyncio."""

from contextlib import aclosing, asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from trains.models import Station, Track

engine = create_async_engine("postgresql+asyncpg://localhost/trains")
async_session = async_sessionmaker(engine)


async def get_session():
    async with async_session() as session:
        yield session


async def get_session_in_finally():
    session = AsyncSession(engine)
    try:
        yield session
    finally:
        await session.close()


async def by_anext(station_id):
    session = await anext(get_session())  # want SES105
    return await session.get(Station, station_id)


async def by_its_method(station_id):
    session = await get_session_in_finally().__anext__()  # want SES105
    return await session.get(Station, station_id)


async def in_a_chain(station_id):
    return await (await anext(get_session())).get(Station, station_id)  # want SES105


async def in_an_argument(station_id):
    return await tracks(await anext(get_session()), station_id)  # want SES105


async def tracks(session, station_id):
    return (await session.scalars(select(Track).where(Track.station_id == station_id))).all()


async def kept_and_closed(station_id):
    generator = get_session()
    session = await anext(generator)
    try:
        return await session.get(Station, station_id)
    finally:
        await generator.aclose()


async def in_a_loop(station_id):
    async for session in get_session():
        return await session.get(Station, station_id)


async def in_a_loop_to_its_end():
    found = []
    async for session in get_session():
        found += (await session.scalars(select(Station.id))).all()
    return found


async def as_a_context_manager(station_id):
    async with asynccontextmanager(get_session)() as session:
        return await session.get(Station, station_id)


async def closed_by_aclosing(station_id):
    async with aclosing(get_session()) as generator:
        session = await anext(generator)
        return await session.get(Station, station_id)


async def in_a_block(station_id):
    async with async_session() as session:
        return await session.get(Station, station_id)
