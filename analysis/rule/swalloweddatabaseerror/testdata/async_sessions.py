"""The same with asyncio."""

import asyncio
import logging

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from radio.models import Play, Song

engine = create_async_engine("postgresql+asyncpg://localhost/radio")
async_session = async_sessionmaker(engine, expire_on_commit=False)
log = logging.getLogger(__name__)


async def find_or_make(title):
    async with async_session() as session:
        session.add(Song(title=title))
        try:
            await session.commit()
        except IntegrityError:  # want SES207
            log.info("%s is known", title)
        return (await session.scalars(select(Song).where(Song.title == title))).one()


async def each(titles):
    async with AsyncSession(engine) as session:
        for title in titles:
            session.add(Song(title=title))
            try:
                await session.flush()
            except IntegrityError:  # want SES207
                log.info("%s is known", title)
        await session.commit()


async def note(song_id):
    session = async_session()
    try:
        song = await session.get(Song, song_id)
        song.plays += 1
        try:
            await session.commit()
        except SQLAlchemyError as error:  # want SES207
            session.add(Play(song_id=song_id, error=str(error)))
            await session.commit()
    finally:
        await session.close()


async def rolled_back(title):
    async with async_session() as session:
        session.add(Song(title=title))
        try:
            await session.commit()
        except IntegrityError:
            await session.rollback()
        return (await session.scalars(select(Song).where(Song.title == title))).one()


async def savepoint(titles):
    async with async_session() as session:
        async with session.begin():
            for title in titles:
                try:
                    async with session.begin_nested():
                        session.add(Song(title=title))
                except IntegrityError:
                    log.info("%s is known", title)


async def closed_next(title):
    async with async_session() as session:
        try:
            session.add(Song(title=title))
            await session.commit()
        except IntegrityError:
            return False
        return True


async def cancelled(title):
    async with async_session() as session:
        session.add(Song(title=title))
        try:
            await session.commit()
        except asyncio.CancelledError:
            log.info("cancelled")
            raise


async def retried(title):
    for attempt in range(3):
        async with async_session() as session:
            session.add(Song(title=title))
            try:
                await session.commit()
                return True
            except IntegrityError:
                log.info("attempt %d", attempt)
        await asyncio.sleep(attempt)
    return False
