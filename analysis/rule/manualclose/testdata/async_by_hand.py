"""The same with asyncio."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from kiosk.models import Paper, Sale

engine = create_async_engine("postgresql+asyncpg://localhost/kiosk")
async_session = async_sessionmaker(engine)


async def in_finally(paper_id):
    session = async_session()  # want SES113
    try:
        return await session.get(Paper, paper_id)
    finally:
        await session.close()


async def by_its_other_name(paper_id):
    session = AsyncSession(engine)  # want SES113
    try:
        return await session.get(Paper, paper_id)
    finally:
        await session.aclose()


async def committed(paper_id):
    session = async_session()  # want SES113
    session.add(Sale(paper_id=paper_id))
    await session.commit()


async def in_a_block(paper_id):
    async with async_session() as session:
        return await session.get(Paper, paper_id)


async def begun(paper_id):
    async with async_session.begin() as session:
        session.add(Sale(paper_id=paper_id))


async def given(session: AsyncSession, paper_id):
    return await session.get(Paper, paper_id)


async def generated():
    session = async_session()
    try:
        yield session
    finally:
        await session.close()


async def leaks_instead():
    session = async_session()  # want SES102
    return await session.scalar(select(func.count(Sale.id)))
