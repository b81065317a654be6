"""After a commit, a rollback or a begin block nothing of an object can be read without await."""

import logging

from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, prove, stored

engine = async_engine()


async def add(name):
    async with AsyncSession(engine) as session:
        crate = Crate(name=name)
        session.add(crate)
        await session.commit()
        return crate.id  # want SES303


async def recount(crate_id, count):
    async with AsyncSession(engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = count
        return crate.name  # want SES303


async def look_at(crate_id):
    async with AsyncSession(engine, expire_on_commit=False) as session:
        crate = await session.get(Crate, crate_id)
        await session.rollback()
        return crate.name  # want SES303


async def cannot(coroutine):
    try:
        await coroutine
    except StatementError as error:
        # The query ran into it while it took a connection.
        return "greenlet_spawn has not been called" in str(error)
    return False


async def proof():
    # The pool says in its log what it could not do without a greenlet.
    logging.disable(logging.CRITICAL)
    assert await cannot(add("figs"))
    assert await cannot(recount(1, 11))
    assert await cannot(look_at(1))
    assert stored("SELECT count FROM crates WHERE id IN (1, 4) ORDER BY id") == [(11,), (0,)]


prove(proof)
