"""The same, awaited or entered."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def begun():
    async with AsyncSession(engine) as session:
        await session.begin()
        return session.in_transaction()


async def savepoint():
    async with AsyncSession(engine) as session:
        async with session.begin_nested():
            return session.in_nested_transaction()


async def label(text):
    async with AsyncSession(engine) as session, session.begin():
        session.add(Label(text=text))


async def proof():
    assert await begun() is True
    assert await savepoint() is True
    await label("sold")
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]
    assert connections_out(engine) == 0


prove(proof)
