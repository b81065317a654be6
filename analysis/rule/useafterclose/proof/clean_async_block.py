"""An AsyncSession that is used in its block only."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def names(least):
    async with AsyncSession(engine) as session:
        query = select(Crate.name).where(Crate.count >= least)
        return (await session.execute(query)).scalars().all()


async def buffered(least):
    # Unlike those of a Session, its rows are all there when execute() returns.
    async with AsyncSession(engine) as session:
        result = await session.execute(select(Crate.name).where(Crate.count >= least))
    return result.scalars().all()


async def double(crate_id):
    async with AsyncSession(engine) as session:
        count = (await session.get(Crate, crate_id)).count
        await session.execute(update(Crate).where(Crate.id == crate_id).values(count=2 * count))
        await session.commit()


async def label(text):
    async with AsyncSession(engine) as session:
        async with session.begin():
            session.add(Label(text=text))
        session.add(Label(text=text + " again"))
        await session.commit()


async def proof():
    assert await names(20) == ["pears", "plums"]
    assert await buffered(30) == ["plums"]
    await double(1)
    await label("sold")
    assert connections_out(engine) == 0
    assert stored("SELECT count FROM crates WHERE id = 1") == [(20,)]
    assert stored("SELECT text FROM labels WHERE text LIKE 'sold%' ORDER BY id") == [("sold",), ("sold again",)]


prove(proof)
