from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/work"))


async def drop_task(task_id):
    async with async_session() as session:
        task = await session.get(Task, task_id)
        await session.delete(task)
        await session.commit()
