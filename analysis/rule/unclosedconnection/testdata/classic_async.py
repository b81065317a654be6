"""The classic questions, asked of asynchronous connections."""

import asyncio
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from zoo.tables import animals, keepers
from zoo.tickets import check

engine = create_async_engine("postgresql+asyncpg://localhost/zoo")


class Ranger:
    """Owns a connection, and closes it."""

    def __init__(self):
        self.conn = None

    async def herd(self):
        return (await self.conn.execute(select(animals))).all()

    async def __aenter__(self):
        self.conn = await engine.connect()
        return self

    async def __aexit__(self, *error):
        await self.conn.close()


async def close_quietly(conn):
    try:
        await conn.close()
    except Exception:
        pass


@asynccontextmanager
async def scope():
    conn = await engine.connect()
    try:
        yield conn
    finally:
        await conn.close()


async def opened_and_forgotten():
    conn = await engine.connect()  # want SES109
    (await conn.execute(select(animals.c.id))).all()


async def opened_then_closed():
    conn = await engine.connect()  # want SES109 warning
    (await conn.execute(select(animals.c.id))).all()
    await conn.close()


async def opened_and_returned():
    conn = await engine.connect()
    (await conn.execute(select(animals.c.id))).all()
    return conn


async def opened_by_another_and_forgotten():
    conn = await opened_and_returned()  # want SES109
    (await conn.execute(select(keepers.c.id))).all()


async def opened_by_another_and_closed():
    conn = await opened_and_returned()
    try:
        (await conn.execute(select(keepers.c.id))).all()
    finally:
        await conn.close()


async def closed_if(done):
    conn = await engine.connect()  # want SES109
    (await conn.execute(select(animals.c.id))).all()
    if done:
        await conn.close()


async def closed_if_it_is_none():
    conn = await engine.connect()  # want SES109
    (await conn.execute(select(animals.c.id))).all()
    if conn is None:
        await conn.close()


async def handler_of_the_wrong_type():
    conn = await engine.connect()  # want SES109 warning
    try:
        check((await conn.execute(select(animals.c.id))).all())
        await conn.close()
    except AttributeError:
        await conn.close()


async def raised_between():
    conn = await engine.connect()  # want SES109
    if await conn.scalar(select(animals.c.id)) is None:
        raise RuntimeError("the zoo is empty")
    await conn.close()


async def reopened():
    conn = await engine.connect()
    try:
        (await conn.execute(select(animals.c.id))).all()
    finally:
        await conn.close()
    conn = await engine.connect()  # want SES109
    (await conn.execute(select(keepers.c.id))).all()


async def two_and_one_closed():
    first = await engine.connect()  # want SES109
    second = await engine.connect()
    try:
        (await first.execute(select(animals.c.id))).all()
        (await second.execute(select(keepers.c.id))).all()
    finally:
        await second.close()


async def closed_in_finally():
    conn = await engine.connect()
    try:
        return (await conn.execute(select(animals.c.id))).all()
    finally:
        await conn.close()


async def closed_behind_a_shield():
    conn = await engine.connect()
    try:
        return (await conn.execute(select(animals.c.id))).all()
    finally:
        await asyncio.shield(conn.close())


async def helper_closes():
    conn = await engine.connect()
    try:
        return (await conn.execute(select(animals.c.id))).all()
    finally:
        await close_quietly(conn)


async def in_a_scope():
    async with scope() as conn:
        return (await conn.execute(select(animals))).all()


async def with_a_ranger():
    async with Ranger() as ranger:
        return await ranger.herd()


async def opened_with_with():
    async with engine.connect() as conn:
        return (await conn.execute(select(animals.c.id))).all()


async def opened_before_the_with():
    conn = engine.connect()
    async with conn:
        return (await conn.execute(select(animals.c.id))).all()


async def one_for_each(names):
    async def find(name):
        async with engine.connect() as conn:
            return await conn.scalar(select(animals.c.id).where(animals.c.name == name))

    return await asyncio.gather(*[find(name) for name in names])


async def generator_that_closes():
    async with engine.connect() as conn:
        for name in await conn.execute(select(animals.c.name)):
            yield name
