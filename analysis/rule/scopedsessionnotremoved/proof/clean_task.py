"""Each task removes its session."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session
from sqlalchemy.orm import sessionmaker
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()
Session = async_scoped_session(sessionmaker(engine, class_=AsyncSession), scopefunc=asyncio.current_task)


async def count(crate_id):
    try:
        return (await Session.execute(select(Crate.count).where(Crate.id == crate_id))).scalar()
    finally:
        await Session.remove()


async def proof():
    for n in range(1, 4):
        assert await asyncio.create_task(count(n)) == 10 * n
        assert connections_out(engine) == 0
    assert len(Session.registry.registry) == 0


prove(proof)
