"""A commit ends what AsyncSession.stream() reads; what execute() gave stays readable."""
# needs: PostgreSQL

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, count, prove, stored

engine = async_engine()
crates = select(Crate).order_by(Crate.id)


async def double_stream():
    async with AsyncSession(engine, expire_on_commit=False) as session:
        result = await session.stream_scalars(crates.execution_options(yield_per=1))
        async for crate in result:
            crate.count *= 2
            await session.commit()


async def double():
    async with AsyncSession(engine, expire_on_commit=False) as session:
        for crate in await session.scalars(crates):
            crate.count *= 2
            await session.commit()


async def proof():
    await double()
    assert count("crates", "count IN (20, 40, 60)") == 3
    # asyncpg reads fifty rows ahead. So all three are doubled, and it fails all the same.
    try:
        await double_stream()
    except Exception as error:
        said = str(error)
    else:
        raise AssertionError("the stream outlived the commit")
    assert said == "cursor cannot be created outside of a transaction", said
    assert stored("SELECT count FROM crates ORDER BY id") == [(40,), (80,), (120,)]
    assert connections_out(engine) == 0


prove(proof)
