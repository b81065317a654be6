"""Leaving the block closes the session, whatever happened in it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


class Crates:
    async def __aenter__(self):
        self.session = AsyncSession(engine)
        return self

    async def __aexit__(self, kind, error, traceback):
        try:
            if kind is None:
                await self.session.commit()
        finally:
            await self.session.close()

    async def count(self, name):
        return (await self.session.execute(select(Crate.count).where(Crate.name == name))).scalar_one()


async def count(name):
    async with Crates() as crates:
        return await crates.count(name)


async def proof():
    assert await count("apples") == 10
    assert connections_out(engine) == 0
    try:
        await count("figs")
    except Exception as error:
        assert type(error).__name__ == "NoResultFound"
    else:
        raise AssertionError("there are figs")
    assert connections_out(engine) == 0


prove(proof)
