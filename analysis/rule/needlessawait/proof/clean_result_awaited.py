"""Only what stream() returns is awaited."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from stock import Crate, async_engine, connections_out, engine, prove, stored

aio = async_engine()


async def names():
    async with AsyncSession(aio) as session:
        result = await session.execute(select(Crate.name).order_by(Crate.id))
        return result.scalars().all()


async def streamed():
    async with AsyncSession(aio) as session:
        result = await session.stream(select(Crate.name).order_by(Crate.id))
        return await result.scalars().all()


async def rename(crate_id, name):
    with Session(engine, future=True) as session:
        session.get(Crate, crate_id).name = name
        session.commit()
    return name


async def proof():
    assert await names() == await streamed() == ["apples", "pears", "plums"]
    assert await rename(1, "figs") == "figs"
    assert stored("SELECT name FROM crates WHERE id = 1") == [("figs",)]
    assert connections_out(aio) == connections_out() == 0


prove(proof)
