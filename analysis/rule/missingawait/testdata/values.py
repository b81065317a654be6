"""A coroutine taken for what it would give."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from vineyard.db import engine
from vineyard.models import Barrel, Cellar, Wine

async_session = async_sessionmaker(bind=engine)


async def wines(cellar_id):
    async with async_session() as session:
        return session.execute(select(Wine).where(Wine.cellar_id == cellar_id)).scalars().all()  # want SES401


async def the_first(session: AsyncSession, cellar_id):
    result = session.execute(select(Wine).where(Wine.cellar_id == cellar_id))  # want SES401
    return result.scalars().first()


async def name_of(session: AsyncSession, wine_id):
    return session.get(Wine, wine_id).name  # want SES401


async def is_there(session: AsyncSession, wine_id):
    if session.get(Wine, wine_id):  # want SES401
        return True
    return False


async def always_there(session: AsyncSession, wine_id):
    wine = session.get(Wine, wine_id)  # want SES401
    if wine is None:
        raise LookupError(wine_id)


async def listed(session: AsyncSession):
    for wine in session.scalars(select(Wine)):  # want SES401
        yield wine.name


async def as_list(session: AsyncSession):
    return list(session.scalars(select(Cellar.name)))  # want SES401


async def counted(session: AsyncSession):
    return session.scalar(select(func.count(Barrel.id))) + 1  # want SES401


async def in_words(session: AsyncSession):
    return f"{session.scalar(select(func.count(Barrel.id)))} barrels"  # want SES401


async def streamed(session: AsyncSession):
    async for wine in session.stream_scalars(select(Wine)):  # want SES401
        yield wine.name


async def unpacked(session: AsyncSession, barrel_id):
    name, year = session.execute(select(Wine.name, Wine.year).where(Wine.barrel_id == barrel_id)).one()  # want SES401
    return f"{name} {year}"


async def merged(session: AsyncSession, wine):
    mine = session.merge(wine)  # want SES401
    mine.tasted = True
    await session.commit()


async def awaited_one_too_late(session: AsyncSession, wine_id):
    return await session.get(Wine, wine_id).name  # want SES401


async def awaited_in_parentheses(session: AsyncSession, cellar_id):
    return (await session.execute(select(Wine).where(Wine.cellar_id == cellar_id))).scalars().all()


async def awaited_first(session: AsyncSession, cellar_id):
    result = await session.execute(select(Wine).where(Wine.cellar_id == cellar_id))
    return result.scalars().first()


async def awaited_in_the_condition(session: AsyncSession, wine_id):
    if (wine := await session.get(Wine, wine_id)) is None:
        raise LookupError(wine_id)
    return wine.name


async def awaited_in_the_comprehension(session: AsyncSession, ids):
    return [await session.get(Wine, i) for i in ids]


async def awaited_stream(session: AsyncSession):
    async for wine in await session.stream_scalars(select(Wine)):
        yield wine.name


async def results_are_synchronous(session: AsyncSession):
    result = await session.execute(select(Wine.name, Wine.year))
    names = result.mappings().all()
    return [row["name"] for row in names]


async def results_of_a_stream_are_not(session: AsyncSession):
    result = await session.stream(select(Wine.name))
    return await result.scalars().all()
