"""The rows of execute() are there already, and a synchronous session waits by itself."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from stock import Crate, async_engine, connections_out, engine, prove, stored

aio = async_engine()


async def names():
    async with AsyncSession(aio) as session:
        result = await session.execute(select(Crate.name).order_by(Crate.id))
        return await result.scalars().all()  # want SES405


async def rename(crate_id, name):
    with Session(engine, future=True) as session:
        session.get(Crate, crate_id).name = name
        await session.commit()  # want SES405
    return name


async def cannot(coroutine):
    try:
        await coroutine
    except TypeError as error:
        return "can't be used in 'await' expression" in str(error)
    return False


async def proof():
    assert await cannot(names())
    assert await cannot(rename(1, "figs"))
    assert stored("SELECT name FROM crates WHERE id = 1") == [("figs",)]  # it was committed all the same
    assert connections_out(aio) == connections_out() == 0


prove(proof)
