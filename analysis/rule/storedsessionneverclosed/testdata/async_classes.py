"""The same with asyncio."""

from contextlib import AsyncExitStack

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from stable.models import Horse

engine = create_async_engine("postgresql+asyncpg://localhost/stable")
async_session = async_sessionmaker(engine, expire_on_commit=False)


class Horses:
    def __init__(self):
        self.session = async_session()  # want SES110

    async def all(self):
        return (await self.session.scalars(select(Horse))).all()


class OnlyEnters:
    async def __aenter__(self):
        self.session = AsyncSession(engine)  # want SES110
        return self

    async def __aexit__(self, kind, error, traceback):
        if kind is None:
            await self.session.commit()


class UnitOfWork:
    async def __aenter__(self):
        self.session = async_session()
        return self

    async def __aexit__(self, kind, error, traceback):
        if kind is not None:
            await self.session.rollback()
        await self.session.close()


class Closes:
    def __init__(self):
        self.session = async_session()

    async def aclose(self):
        await self.session.close()


class OnAStack:
    async def __aenter__(self):
        self.stack = AsyncExitStack()
        self.session = await self.stack.enter_async_context(async_session())
        return self

    async def __aexit__(self, *error):
        await self.stack.aclose()


class ExitsItByHand:
    async def __aenter__(self):
        self.session = async_session()
        await self.session.__aenter__()
        return self

    async def __aexit__(self, *error):
        await self.session.__aexit__(*error)


class Given:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def horses(self):
        return (await self.session.scalars(select(Horse))).all()


class KeepsTheFactory:
    def __init__(self, factory):
        self.factory = factory

    async def horses(self):
        async with self.factory() as session:
            return (await session.scalars(select(Horse))).all()
