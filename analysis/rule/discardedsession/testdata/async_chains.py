"""Asynchronous sessions in the middle of an expression."""

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from market.models import Offer, Stall

engine = create_async_engine("postgresql+asyncpg://localhost/market")
async_session = async_sessionmaker(engine)


async def offers_of(session, stall_id):
    return (await session.scalars(select(Offer).where(Offer.stall_id == stall_id))).all()


async def closes_it(session, stall_id):
    async with session:
        return await session.get(Stall, stall_id)


async def stall(stall_id):
    return await async_session().get(Stall, stall_id)  # want SES103


async def how_many():
    return (await AsyncSession(engine).execute(select(func.count(Stall.id)))).scalar_one()  # want SES103


async def print_offers():
    async for offer in await async_session().stream_scalars(select(Offer)):  # want SES103
        print(offer.price)


async def close_stall(stall_id):
    await async_session().execute(update(Stall).where(Stall.id == stall_id).values(open=False))  # want SES103, SES206


async def to_a_helper(stall_id):
    return await offers_of(async_session(), stall_id)  # want SES103


async def entered_by_hand(stall_id):
    session = await async_session().__aenter__()  # want SES103
    return await session.get(Stall, stall_id)


async def in_a_block(stall_id):
    async with async_session() as session:
        return await session.get(Stall, stall_id)


async def begun(stall_id):
    async with async_session.begin() as session:
        await session.execute(update(Stall).where(Stall.id == stall_id).values(open=False))


async def to_a_helper_that_closes(stall_id):
    return await closes_it(async_session(), stall_id)


async def closed_at_once():
    await async_session().close()


async def to_a_helper_in_a_block(stall_id):
    async with async_session() as session:
        return await offers_of(session, stall_id)


async def returned():
    return async_session()


async def its_dialect():
    return async_session().get_bind().dialect.name
