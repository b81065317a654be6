"""The same with asyncio."""

import contextlib
import logging
from contextlib import asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from stable.models import Horse

engine = create_async_engine("postgresql+asyncpg://localhost/stable")
async_session = async_sessionmaker(engine, expire_on_commit=False)
log = logging.getLogger(__name__)


@asynccontextmanager
async def swallows():
    async with async_session() as session:
        try:
            yield session
            await session.commit()
        except Exception:  # want SES212
            await session.rollback()


@contextlib.asynccontextmanager
async def swallows_and_logs():
    session = AsyncSession(engine)
    try:
        yield session
        await session.commit()
    except SQLAlchemyError:  # want SES212
        log.exception("rolled back")
        await session.rollback()
    finally:
        await session.close()


@asynccontextmanager
async def commits_in_finally():
    async with async_session() as session:
        try:
            yield session
        finally:
            await session.commit()  # want SES212


@asynccontextmanager
async def swallows_around_the_block():
    try:
        async with async_session() as session, session.begin():
            yield session
    except SQLAlchemyError:  # want SES212
        log.exception("rolled back")


@asynccontextmanager
async def raises_again():
    async with async_session() as session:
        try:
            yield session
            await session.commit()
        except Exception:
            await session.rollback()
            raise


@asynccontextmanager
async def only_begins():
    async with async_session.begin() as session:
        yield session


@asynccontextmanager
async def only_closes():
    session = async_session()
    try:
        yield session
    finally:
        await session.close()


@asynccontextmanager
async def commits_after_the_yield():
    async with async_session() as session:
        yield session
        await session.commit()


@asynccontextmanager
async def lifespan(app):
    try:
        yield
    except RuntimeError:
        log.exception("stopped")
    finally:
        await engine.dispose()


async def uses_a_scope(name):
    async with raises_again() as session:
        session.add(Horse(name=name))
