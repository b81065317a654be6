from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/work"))


async def tasks():
    async with async_session() as session:
        return (await session.scalars(select(Task))).all()
