"""Generators that are context managers."""

from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

from tickets.db import engine
from tickets.models import Seat

SessionLocal = sessionmaker(bind=engine)
async_engine = create_async_engine("postgresql+asyncpg://localhost/tickets")
async_session = async_sessionmaker(async_engine)


@contextmanager
def session_scope():
    session = SessionLocal()
    yield session  # want SES104
    session.commit()
    session.close()


@contextmanager
def read_only():
    session = SessionLocal()
    yield session  # want SES104
    session.rollback()
    session.close()


@contextmanager
def named(name):
    session = SessionLocal()
    yield name, session  # want SES104
    session.close()


class Database:
    @contextmanager
    def session(self):
        session = SessionLocal()
        yield session  # want SES104
        session.close()

    @contextmanager
    def safe_session(self):
        session = SessionLocal()
        try:
            yield session
        finally:
            session.close()


@asynccontextmanager
async def async_scope():
    session = async_session()
    yield session  # want SES104
    await session.commit()
    await session.close()


async def get_async_session():
    session = AsyncSession(async_engine)
    yield session  # want SES104
    await session.close()


@contextmanager
def safe_scope():
    session = SessionLocal()
    try:
        yield session
        session.commit()
    except:  # noqa: E722
        session.rollback()
        raise
    finally:
        session.close()


@contextmanager
def block_scope():
    with SessionLocal() as session, session.begin():
        yield session


@contextmanager
def its_own_or_the_callers(session=None):
    if session is not None:
        yield session
    else:
        with SessionLocal() as session:
            yield session


@contextmanager
def with_a_flag(session=None):
    own = session is None
    session = session or SessionLocal()
    try:
        yield session
    finally:
        if own:
            session.close()


@contextmanager
def savepoint(session):
    with session.begin_nested():
        yield session


@contextmanager
def locked(session, key):
    session.execute(text("SELECT pg_advisory_lock(:key)"), {"key": key})
    yield session
    session.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})


@asynccontextmanager
async def async_safe_scope():
    session = async_session()
    try:
        yield session
        await session.commit()
    except Exception:
        await session.rollback()
        raise
    finally:
        await session.close()


async def get_async_session_in_a_block():
    async with async_session() as session:
        yield session


async def get_async_session_and_commit():
    async with async_session() as session:
        yield session
        await session.commit()


@contextmanager
def both_scopes():
    with safe_scope() as first, safe_scope() as second:
        yield first, second


@contextmanager
def scope_of_a_seat(number):
    with safe_scope() as session:
        yield session.scalar(select(Seat).where(Seat.number == number))
