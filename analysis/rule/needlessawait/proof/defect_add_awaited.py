"""await raises after add() took effect, and nothing behind it is reached."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove, stored

engine = async_engine()


async def add(name):
    async with AsyncSession(engine) as session:
        await session.add(Crate(name=name))  # want SES405
        await session.commit()


async def let_go(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        await session.expunge(crate)  # want SES405
        return crate.name


async def cannot(coroutine):
    try:
        await coroutine
    except TypeError as error:
        return "can't be used in 'await' expression" in str(error)
    return False


async def proof():
    assert await cannot(add("figs"))
    assert await cannot(let_go(1))
    assert stored("SELECT count(*) FROM crates") == [(3,)]
    assert connections_out(engine) == 0


prove(proof)
