"""What only async with can enter."""

import asyncio
from asyncio import current_task
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncSession,
    async_scoped_session,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import sessionmaker

from opera.db import AsyncSessionLocal, open_session
from opera.models import Aria, Singer

engine = create_async_engine("postgresql+asyncpg://localhost/opera")
async_session = async_sessionmaker(engine, expire_on_commit=False)
OldSession = sessionmaker(engine, class_=AsyncSession)
registry = async_scoped_session(async_session, current_task)


async def arias():
    with AsyncSession(engine) as session:  # want SES402
        return (await session.scalars(select(Aria))).all()


async def arias_by_factory():
    with async_session() as session:  # want SES402
        return (await session.scalars(select(Aria))).all()


async def arias_by_old_factory():
    with OldSession() as session:  # want SES402
        return (await session.scalars(select(Aria))).all()


def in_a_plain_function():
    with async_session() as session:  # want SES402
        return asyncio.run(session.scalar(select(Singer.name)))


async def begun(name):
    with async_session.begin() as session:  # want SES402
        session.add(Singer(name=name))


async def transaction(session: AsyncSession, name):
    with session.begin():  # want SES402
        session.add(Singer(name=name))


async def savepoint(session: AsyncSession, name):
    with session.begin_nested():  # want SES402
        session.add(Singer(name=name))
    await session.commit()


async def the_second_of_two(name):
    async with async_session() as session:
        with session.begin():  # want SES402
            session.add(Singer(name=name))


async def connected():
    with engine.connect() as connection:  # want SES402
        return (await connection.execute(select(Aria.title))).all()


async def connected_and_begun():
    with engine.begin() as connection:  # want SES402
        await connection.execute(update(Aria).values(sung=True))


async def transaction_of_a_connection(connection: AsyncConnection):
    with connection.begin():  # want SES402
        await connection.execute(update(Aria).values(sung=True))


async def by_registry(name):
    async with registry as session:  # want SES402
        session.add(Singer(name=name))
        await session.commit()


class Arias:
    def __init__(self, factory: async_sessionmaker[AsyncSession]):
        self.factory = factory

    async def all(self):
        with self.factory() as session:  # want SES402
            return (await session.scalars(select(Aria))).all()

    async def first(self):
        async with self.factory() as session:
            return (await session.scalars(select(Aria))).first()


async def arias_entered():
    async with AsyncSession(engine) as session:
        return (await session.scalars(select(Aria))).all()


async def both_entered(name):
    async with async_session() as session, session.begin():
        session.add(Singer(name=name))


async def begun_and_entered(name):
    async with async_session.begin() as session:
        session.add(Singer(name=name))


async def savepoint_entered(session: AsyncSession, name):
    async with session.begin_nested():
        session.add(Singer(name=name))
    await session.commit()


async def connection_entered():
    async with engine.begin() as connection:
        await connection.execute(update(Aria).values(sung=True))


async def of_the_registry(name):
    async with registry() as session:
        session.add(Singer(name=name))
        await session.commit()
    await registry.remove()


async def transaction_of_the_registry(name):
    async with registry.begin():
        registry.add(Singer(name=name))
    await registry.remove()


async def no_autoflush_is_a_plain_block(session: AsyncSession, name):
    with session.no_autoflush:
        session.add(Singer(name=name))
        found = await session.scalar(select(Singer).where(Singer.name == name))
    await session.commit()
    return found


async def by_aclosing():
    async with aclosing(async_session()) as session:
        return (await session.scalars(select(Aria))).all()


async def on_a_stack():
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(async_session())
        return (await session.scalars(select(Aria))).all()


@asynccontextmanager
async def scope():
    async with async_session() as session:
        yield session


async def by_a_scope():
    async with scope() as session:
        return (await session.scalars(select(Aria))).all()


def imported_and_only_called_so():
    # It may be a function that gives a synchronous session.
    with AsyncSessionLocal() as session:
        return session.get(Aria, 1)


async def imported():
    with open_session() as session:
        return await session.scalar(select(Aria.title))


async def in_the_sync_world(session: AsyncSession, name):
    def add(sync_session):
        with sync_session.begin_nested():
            sync_session.add(Singer(name=name))

    await session.run_sync(add)
    await session.commit()
