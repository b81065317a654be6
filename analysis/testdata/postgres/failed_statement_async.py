"""Under asyncpg too, a caught failure inside a begin block discards the block's work without a word."""
# needs: PostgreSQL

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, count, prove

engine = async_engine()


async def arrive(name, label):
    async with AsyncSession(engine) as session:
        async with session.begin():
            session.add(Crate(name=name))
            await session.flush()
            try:
                await session.execute(insert(Label).values(text=label))
            except IntegrityError:
                return False
    return True


async def arrive_with_savepoint(name, label):
    async with AsyncSession(engine) as session:
        async with session.begin():
            session.add(Crate(name=name))
            await session.flush()
            try:
                async with session.begin_nested():
                    await session.execute(insert(Label).values(text=label))
            except IntegrityError:
                return False
    return True


async def proof():
    assert await arrive("figs", "dried") is True
    assert await arrive("dates", "dried") is False
    assert count("crates") == 4
    assert await arrive_with_savepoint("dates", "dried") is False
    assert count("crates") == 5
    assert connections_out(engine) == 0


prove(proof)
