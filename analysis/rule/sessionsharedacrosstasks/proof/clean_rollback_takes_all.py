"""A session for each coroutine: what one rolls back is its own."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def label(text, written):
    async with AsyncSession(engine) as session:
        session.add(Label(text=text))
        await session.commit()
    written.set()


async def pack(crate_id, written):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        await written.wait()
        try:
            crate.pack(1000)
        except OverflowError:
            await session.rollback()
        else:
            await session.commit()


async def ship(text, crate_id):
    written = asyncio.Event()
    await asyncio.gather(label(text, written), pack(crate_id, written))


async def proof():
    await ship("sold", 1)
    assert stored("SELECT count(*) FROM labels WHERE text = 'sold'") == [(1,)]
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert connections_out(engine) == 0


prove(proof)
