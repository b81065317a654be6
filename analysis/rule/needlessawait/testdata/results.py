"""Results of an AsyncSession are read already: nothing of them is awaited."""

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from chess.db import engine
from chess.models import Game, Player

async_session = async_sessionmaker(engine)


async def players():
    async with async_session() as session:
        result = await session.execute(select(Player))
        return await result.scalars().all()  # want SES405


async def best(session: AsyncSession):
    result = await session.scalars(select(Player).order_by(Player.rating.desc()))
    return await result.first()  # want SES405


async def one(session: AsyncSession, player_id):
    result = await session.execute(select(Player).where(Player.id == player_id))
    return await result.scalar_one_or_none()  # want SES405


async def rows(session: AsyncSession):
    return await (await session.execute(select(Game.id, Game.moves))).all()  # want SES405


async def scalars_twice(session: AsyncSession):
    result = await session.execute(select(Game))
    games = await result.scalars()  # want SES405
    return list(games)


async def all_players():
    async with async_session() as session:
        result = await session.execute(select(Player))
        return result.scalars().all()


async def best_one(session: AsyncSession):
    return (await session.scalars(select(Player).order_by(Player.rating.desc()))).first()


async def counted(session: AsyncSession):
    return await session.scalar(select(func.count(Game.id)))


async def changed(session: AsyncSession):
    result = await session.execute(update(Player).values(rating=Player.rating + 1))
    await session.commit()
    return result.rowcount


async def streamed(session: AsyncSession):
    # What stream() returns is not read yet.
    result = await session.stream(select(Player))
    return await result.scalars().all()


async def streamed_scalars(session: AsyncSession):
    result = await session.stream_scalars(select(Player))
    first = await result.first()
    return first


async def streamed_and_closed(session: AsyncSession):
    result = await session.stream(select(Game))
    row = await result.fetchone()
    await result.close()
    return row


async def of_a_connection():
    async with engine.connect() as connection:
        result = await connection.execute(select(Game.id))
        return result.scalars().all()
