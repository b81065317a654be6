from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/work"))


async def add_task(name):
    async with async_session() as session:
        task = Task(name=name)
        session.add(task)
        await session.commit()
        return {"id": task.id}
