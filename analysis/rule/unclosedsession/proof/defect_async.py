"""An AsyncSession is not closed by the end of its function either."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def names(least):
    session = AsyncSession(engine)  # want SES102
    return (await session.execute(select(Crate.name).where(Crate.count >= least))).scalars().all()


async def state(crate_id):
    session = AsyncSession(engine)  # want SES102
    crate = await session.get(Crate, crate_id)
    if crate is None:
        return None
    await session.close()
    return crate.state


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert connections_out(engine) == 1
    assert await state(1) == "new"
    assert connections_out(engine) == 1
    assert await state(9) is None
    assert connections_out(engine) == 2


prove(proof)
