"""Where the calls of tasks overlap on a fresh AsyncSession, one raises, and the block cannot close the session."""

# only: SQLAlchemy >= 2.0

import asyncio

from sqlalchemy import func, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine, connections_out, prove

engine = async_engine()


async def overview():
    async with AsyncSession(engine) as session:
        crates, labels = await asyncio.gather(  # want SES403
            session.scalar(select(func.count(Crate.id))),
            session.scalar(select(func.count(Label.id))),
        )
    return crates, labels


async def proof():
    try:
        await overview()
    except InvalidRequestError as error:
        assert "concurrent operations are not permitted" in str(error) or "already in progress" in str(error)
    else:
        raise AssertionError("the tasks did not get in each other's way")
    assert connections_out(engine) == 1
    # gather() has left the other task running.
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)


prove(proof)
