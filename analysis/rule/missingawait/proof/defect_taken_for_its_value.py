"""A coroutine is true whatever it would give, and has no rows."""

import warnings

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def known(crate_id):
    async with AsyncSession(engine) as session:
        if session.get(Crate, crate_id):  # want SES401
            return True
    return False


async def names():
    async with AsyncSession(engine) as session:
        return session.execute(select(Crate.name)).scalars().all()  # want SES401


async def proof():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert await known(99)
        try:
            await names()
        except AttributeError as error:
            assert "'coroutine' object has no attribute 'scalars'" in str(error)
        else:
            raise AssertionError("a coroutine has rows")
    assert connections_out(engine) == 0


prove(proof)
