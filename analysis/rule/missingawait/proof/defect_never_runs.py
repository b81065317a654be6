"""What is not awaited does not run: rows stay, rows are lost, a connection stays out."""

import warnings

from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove, stored

engine = async_engine()


async def remove(label_id):
    async with AsyncSession(engine) as session:
        label = await session.get(Label, label_id)
        session.delete(label)  # want SES401
        await session.commit()


async def add(name):
    async with AsyncSession(engine) as session:
        session.add(Crate(name=name))
        session.commit()  # want SES401


async def count(crate_id):
    session = AsyncSession(engine)
    try:
        return (await session.get(Crate, crate_id)).count
    finally:
        session.close()  # want SES401


async def proof():
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        await remove(1)
        await add("figs")
        assert stored("SELECT count(*) FROM labels") == [(2,)]
        assert stored("SELECT count(*) FROM crates") == [(3,)]
        assert connections_out(engine) == 0
        assert await count(1) == 10
        assert connections_out(engine) == 1
    # Nothing was raised; there is only this.
    never = [str(w.message) for w in said if w.category is RuntimeWarning and "never awaited" in str(w.message)]
    assert len(never) == 3, said


prove(proof)
