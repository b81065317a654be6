"""The same, awaited."""

import warnings

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def remove(label_id):
    async with AsyncSession(engine) as session:
        label = await session.get(Label, label_id)
        await session.delete(label)
        await session.commit()


async def add(name):
    async with AsyncSession(engine) as session:
        session.add(Crate(name=name))
        await session.commit()


async def count(crate_id):
    session = AsyncSession(engine)
    try:
        return (await session.get(Crate, crate_id)).count
    finally:
        await session.close()


async def proof():
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        await remove(1)
        await add("figs")
        assert stored("SELECT count(*) FROM labels") == [(1,)]
        assert stored("SELECT count(*) FROM crates") == [(4,)]
        assert await count(1) == 10
        assert connections_out(engine) == 0
    assert not [w for w in said if w.category is RuntimeWarning]


prove(proof)
