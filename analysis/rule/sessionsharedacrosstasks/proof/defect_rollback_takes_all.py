"""Two coroutines on one AsyncSession: the rollback of one undoes what the other wrote."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def label(session, text, written):
    session.add(Label(text=text))
    await session.flush()
    written.set()


async def pack(session, crate_id, written):
    crate = await session.get(Crate, crate_id)
    await written.wait()
    try:
        crate.pack(1000)
    except OverflowError:
        await session.rollback()


async def ship(text, crate_id):
    async with AsyncSession(engine) as session:
        await session.connection()
        written = asyncio.Event()
        await asyncio.gather(label(session, text, written), pack(session, crate_id, written))  # want SES403
        await session.commit()


async def proof():
    await ship("sold", 1)
    assert stored("SELECT count(*) FROM labels WHERE text = 'sold'") == [(0,)]
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert connections_out(engine) == 0


prove(proof)
