"""The classic questions, asked of asynchronous sessions."""

import asyncio
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from museum.models import Painting, Visitor
from museum.tickets import check

engine = create_async_engine("postgresql+asyncpg://localhost/museum")


class Guide:
    """Owns a session, and closes it."""

    def __init__(self):
        self.session = AsyncSession(engine)

    async def paintings(self):
        return (await self.session.scalars(select(Painting))).all()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.session.close()


async def close_quietly(session):
    try:
        await session.close()
    except Exception:
        pass


@asynccontextmanager
async def scope():
    session = AsyncSession(engine)
    try:
        yield session
    finally:
        await session.close()


async def opened_and_forgotten():
    session = AsyncSession(engine)  # want SES102
    (await session.execute(select(Painting.id))).all()


async def opened_then_closed():
    session = AsyncSession(engine)  # want SES102 warning
    (await session.execute(select(Painting.id))).all()
    await session.close()


async def opened_and_returned():
    session = AsyncSession(engine)
    (await session.execute(select(Painting.id))).all()
    return session


async def opened_by_another_and_forgotten():
    session = await opened_and_returned()  # want SES102
    (await session.execute(select(Visitor.id))).all()


async def opened_by_another_and_closed():
    session = await opened_and_returned()
    try:
        (await session.execute(select(Visitor.id))).all()
    finally:
        await session.close()


async def closed_if(done):
    session = AsyncSession(engine)  # want SES102
    (await session.execute(select(Painting.id))).all()
    if done:
        await session.close()


async def closed_if_it_is_none():
    session = AsyncSession(engine)  # want SES102
    (await session.execute(select(Painting.id))).all()
    if session is None:
        await session.close()


async def handler_of_the_wrong_type():
    session = AsyncSession(engine)  # want SES102 warning
    try:
        check((await session.execute(select(Painting.id))).all())
        await session.close()
    except AttributeError:
        await session.close()


async def raised_between():
    session = AsyncSession(engine)  # want SES102
    if await session.scalar(select(Painting.id)) is None:
        raise RuntimeError("the museum is empty")
    await session.close()


async def reopened():
    session = AsyncSession(engine)
    try:
        (await session.execute(select(Painting.id))).all()
    finally:
        await session.close()
    session = AsyncSession(engine)  # want SES102
    (await session.execute(select(Visitor.id))).all()


async def two_and_one_closed():
    first = AsyncSession(engine)  # want SES102
    second = AsyncSession(engine)
    try:
        (await first.execute(select(Painting.id))).all()
        (await second.execute(select(Visitor.id))).all()
    finally:
        await second.close()


async def closed_in_finally():
    session = AsyncSession(engine)
    try:
        return (await session.execute(select(Painting.id))).all()
    finally:
        await session.close()


async def closed_behind_a_shield():
    session = AsyncSession(engine)
    try:
        return (await session.execute(select(Painting.id))).all()
    finally:
        await asyncio.shield(session.close())


async def helper_closes():
    session = AsyncSession(engine)
    try:
        return (await session.execute(select(Painting.id))).all()
    finally:
        await close_quietly(session)


async def in_a_scope():
    async with scope() as session:
        return (await session.scalars(select(Painting))).all()


async def with_a_guide():
    async with Guide() as guide:
        return await guide.paintings()


async def opened_with_with():
    async with AsyncSession(engine) as session:
        return (await session.execute(select(Painting.id))).all()


async def opened_before_the_with():
    session = AsyncSession(engine)
    async with session:
        return (await session.execute(select(Painting.id))).all()


async def one_for_each(names):
    async def find(name):
        async with AsyncSession(engine) as session:
            return await session.scalar(select(Painting.id).where(Painting.name == name))

    return await asyncio.gather(*[find(name) for name in names])


async def generator_that_closes():
    async with AsyncSession(engine) as session:
        for name in await session.scalars(select(Painting.name)):
            yield name
