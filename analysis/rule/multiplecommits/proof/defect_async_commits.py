"""Two awaited commits: a task that is cancelled between them leaves half of the work."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def ship(crate_id, text, carrier):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        crate.count = 0
        await session.commit()
        await carrier()
        session.add(Label(text=text, crate_id=crate_id))
        await session.commit()  # want SES201


async def proof():
    await ship(1, "sold", lambda: asyncio.sleep(0))
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("sold",)]
    task = asyncio.create_task(ship(2, "lent", lambda: asyncio.sleep(60)))
    await asyncio.sleep(0.5)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    assert stored("SELECT count FROM crates WHERE id = 2") == [(0,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 2") == [("ripe",)]
    assert connections_out(engine) == 0


prove(proof)
