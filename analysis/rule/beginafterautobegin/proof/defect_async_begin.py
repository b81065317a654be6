"""An asynchronous session begins by itself too; here the error is swallowed."""

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def ship(crate_id, text):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        try:
            async with session.begin():  # want SES203
                crate.count = 0
                session.add(Label(text=text, crate_id=crate_id))
        except Exception as error:
            return str(error)
        return "shipped"


async def proof():
    assert await ship(1, "sold") == "A transaction is already begun on this Session."
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1") == [("fresh",)]
    assert connections_out(engine) == 0


prove(proof)
