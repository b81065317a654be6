"""The same with asyncio."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from orchard.models import Apple, Tree

engine = create_async_engine("postgresql+asyncpg://localhost/orchard")
async_session = async_sessionmaker(engine)


async def count(session, tree_id):
    return len((await session.scalars(select(Apple).where(Apple.tree_id == tree_id))).all())


async def count_in_its_own(tree_id):
    async with async_session() as session:
        return await count(session, tree_id)


async def the_session():
    async with async_session() as session:
        return session  # want SES108


async def a_coroutine(tree_id):
    async with async_session() as session:
        return count(session, tree_id)  # want SES108


async def a_function():
    async with async_session() as session:
        async def find(tree_id):
            return await session.get(Tree, tree_id)

        return find  # want SES108


class Orchard:
    async def connect(self):
        async with async_session() as session:
            self.session = session  # want SES108


async def to_a_task(tree_id):
    async with async_session() as session:
        asyncio.create_task(count(session, tree_id))  # want SES108


async def to_a_task_that_is_returned(tree_id):
    async with async_session() as session:
        task = asyncio.create_task(count(session, tree_id))  # want SES108
    return task


async def to_a_group_around_the_block(tree_id):
    async with asyncio.TaskGroup() as group:
        async with async_session() as session:
            group.create_task(count(session, tree_id))  # want SES108


async def to_a_group_within(tree_id):
    async with async_session() as session:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(count(session, tree_id))
        return task.result()


async def gathered_alone(tree_id):
    async with async_session() as session:
        return await asyncio.gather(count(session, tree_id))


async def a_task_that_is_awaited(tree_id):
    async with async_session() as session:
        return await asyncio.create_task(count(session, tree_id))


async def a_task_that_is_awaited_later(tree_id):
    async with async_session() as session:
        task = asyncio.create_task(count(session, tree_id))
        return await task


async def with_a_timeout(tree_id):
    async with async_session() as session:
        return await asyncio.wait_for(count(session, tree_id), 5)


async def a_coroutine_that_is_awaited(tree_id):
    async with async_session() as session:
        found = count(session, tree_id)
        return await found


async def a_task_of_its_own(tree_id):
    return asyncio.create_task(count_in_its_own(tree_id))


async def dependency():
    async with async_session() as session:
        yield session


async def rows():
    async with async_session() as session:
        return (await session.scalars(select(Tree))).all()


async def buffered():
    async with async_session() as session:
        return await session.execute(select(Tree.name))


async def one_by_one():
    async with async_session() as session:
        async for tree in await session.stream_scalars(select(Tree)):
            yield tree


async def in_the_sync_world():
    async with async_session() as session:
        return await session.run_sync(lambda s: s.query(Tree).all())
