"""begin() of an AsyncSession that is not awaited begins nothing, and does not even warn."""

import warnings

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def begun():
    async with AsyncSession(engine) as session:
        session.begin()  # want SES112
        return session.in_transaction()


async def savepoint():
    async with AsyncSession(engine) as session:
        session.begin_nested()  # want SES112
        return session.in_nested_transaction()


async def label(text):
    async with AsyncSession(engine) as session:
        session.begin()  # want SES112
        session.add(Label(text=text))  # want SES206


async def proof():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert await begun() is False
        assert await savepoint() is False
        await label("sold")
    assert stored("SELECT count(*) FROM labels") == [(2,)]
    assert connections_out(engine) == 0


prove(proof)
