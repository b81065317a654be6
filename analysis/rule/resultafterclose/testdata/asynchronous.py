"""What execute() of an AsyncSession returns is read already; what stream() returns is not."""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from lighthouse.models import Beam, Keeper

engine = create_async_engine("postgresql+asyncpg://localhost/lighthouse")
async_session = async_sessionmaker(engine)


async def streamed():
    async with async_session() as session:
        beams = await session.stream_scalars(select(Beam))
    async for beam in beams:  # want SES301
        yield beam.color


async def streamed_rows():
    async with AsyncSession(engine) as session:
        result = await session.stream(select(Keeper))
    return await result.scalars().all()  # want SES301


async def streamed_first():
    async with async_session() as session:
        result = await session.stream_scalars(select(Keeper))
    return await result.first()  # want SES301


async def streamed_columns():
    async with async_session() as session:
        result = await session.stream(select(Beam.color, Beam.range))
    return [row.color async for row in result]  # want SES301 warning


async def streamed_and_closed():
    session = async_session()
    try:
        result = await session.stream_scalars(select(Keeper))
    finally:
        await session.close()
    return [keeper async for keeper in result]  # want SES301


async def in_the_sync_world():
    async with async_session() as session:
        result = await session.run_sync(lambda s: s.scalars(select(Keeper)).all())
    return [keeper.name for keeper in result]


async def executed():
    async with async_session() as session:
        result = await session.execute(select(Beam))
    return result.scalars().all()


async def scalars():
    async with async_session() as session:
        beams = await session.scalars(select(Beam))
    return [beam.color for beam in beams]


async def executed_columns():
    async with async_session() as session:
        result = await session.execute(text("SELECT color FROM beams"))
    return [color for (color,) in result]


async def closed_by_hand():
    session = async_session()
    try:
        result = await session.execute(select(Keeper))
    finally:
        await session.close()
    return result.scalar_one_or_none()


async def streamed_inside():
    async with async_session() as session:
        beams = await session.stream_scalars(select(Beam))
        return [beam.color async for beam in beams]


async def yielded_inside():
    async with async_session() as session:
        async for beam in await session.stream_scalars(select(Beam)):
            yield beam.color
