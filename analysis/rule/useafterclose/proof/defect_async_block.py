"""An AsyncSession re-opens itself as well."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def names(least):
    async with AsyncSession(engine) as session:
        query = select(Crate.name).where(Crate.count >= least)
    return (await session.execute(query)).scalars().all()  # want SES101


async def double(crate_id):
    async with AsyncSession(engine) as session:
        count = (await session.get(Crate, crate_id)).count
    await session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * count))  # want SES101


async def label(text):
    async with AsyncSession(engine) as session:
        async with session.begin():
            session.add(Label(text=text))
    session.add(Label(text=text + " again"))  # want SES101


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert connections_out(engine) == 1
    await label("sold")
    assert connections_out(engine) == 1
    assert stored("SELECT text FROM labels WHERE text LIKE 'sold%'") == [("sold",)]
    await double(1)
    assert connections_out(engine) == 2
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]


prove(proof)
