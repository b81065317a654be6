"""A commit that comes last does no harm."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def ship(crate_id, text):
    async with AsyncSession(engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = 0
            session.add(Label(text=text, crate_id=crate_id))
            await session.commit()
            session.expunge_all()


async def proof():
    await ship(1, "sold")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("sold",)]
    assert connections_out(engine) == 0


prove(proof)
