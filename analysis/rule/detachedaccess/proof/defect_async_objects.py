"""The objects of an AsyncSession, after its block."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import DetachedInstanceError
from stock import Crate, async_engine, connections_out, prove, stored

engine = async_engine()


async def add(name):
    async with AsyncSession(engine) as session:
        crate = Crate(name=name)
        session.add(crate)
        await session.commit()
    return crate.id  # want SES302


async def recount(crate_id, count):
    async with AsyncSession(engine) as session, session.begin():
        crate = await session.get(Crate, crate_id)
        crate.count = count
    return crate.name  # want SES302


async def cannot(coroutine):
    try:
        await coroutine
    except DetachedInstanceError as error:
        return "is not bound to a Session" in str(error)
    return False


async def proof():
    assert await cannot(add("figs"))
    assert await cannot(recount(1, 11))
    assert stored("SELECT count FROM crates WHERE id IN (1, 4) ORDER BY id") == [(11,), (0,)]
    assert connections_out(engine) == 0


prove(proof)
