"""What stream() of an AsyncSession returns is fetched row by row, and not after the close."""

from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()


async def names():
    async with AsyncSession(engine) as session:
        result = await session.stream(select(Crate).order_by(Crate.id))
    return [crate.name async for crate in result.scalars()]  # want SES301


async def proof():
    try:
        await names()
    except InvalidRequestError as error:
        assert "as this identity map is no longer valid" in str(error)
    else:
        raise AssertionError("a stream came from a session that is closed")
    assert connections_out(engine) == 0


prove(proof)
