"""What execute() of an AsyncSession returns is fetched already."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def names():
    async with AsyncSession(engine) as session:
        result = await session.stream(select(Crate).order_by(Crate.id))
        return [crate.name async for crate in result.scalars()]


async def executed():
    async with AsyncSession(engine) as session:
        result = await session.execute(select(Crate).order_by(Crate.id))
    return [crate.name for crate in result.scalars()]


async def proof():
    assert await names() == await executed() == ["apples", "pears", "plums"]
    assert connections_out(engine) == 0


prove(proof)
