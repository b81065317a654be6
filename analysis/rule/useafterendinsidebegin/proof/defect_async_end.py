"""The same with asyncio."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def ship(crate_id, text):
    async with AsyncSession(engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = 0
            await session.commit()
            session.add(Label(text=text, crate_id=crate_id))  # want SES205


async def proof():
    try:
        await ship(1, "sold")
        error = None
    except Exception as caught:
        error = caught
    assert type(error).__name__ == "InvalidRequestError"
    assert "Can't operate on closed transaction inside context manager" in str(error)
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1") == [("fresh",)]
    assert connections_out(engine) == 0


prove(proof)
