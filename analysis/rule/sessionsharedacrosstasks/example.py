import asyncio

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/work"))


async def overview():
    async with async_session() as session:
        tasks, workers = await asyncio.gather(
            session.scalar(select(func.count(Task.id))),
            session.scalar(select(func.count(Worker.id))),
        )
    return {"tasks": tasks, "workers": workers}
