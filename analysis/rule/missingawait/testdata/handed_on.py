"""A coroutine need not be awaited where it is made."""

import asyncio
from contextlib import AsyncExitStack, aclosing

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from theatre.cache import close_cache
from theatre.db import engine
from theatre.models import Play, Seat
from theatre.runner import run_with_retries

async_session = async_sessionmaker(engine, expire_on_commit=False)


async def awaited_later(session: AsyncSession, play_id):
    found = session.get(Play, play_id)
    return await found


async def one_of_two(session: AsyncSession, sold):
    end = session.commit() if sold else session.rollback()
    await end


async def with_a_limit(session: AsyncSession):
    return await asyncio.wait_for(session.scalar(select(func.count(Seat.id))), timeout=2)


async def shielded(session: AsyncSession):
    await asyncio.shield(session.commit())


async def as_a_task(session: AsyncSession, play_id):
    task = asyncio.create_task(session.get(Play, play_id))
    return await task


async def closed_together(session: AsyncSession):
    await asyncio.gather(session.close(), close_cache())


def plays(session: AsyncSession):
    # The caller awaits it.
    return session.scalars(select(Play))


async def of_a_plain_function(session: AsyncSession):
    return (await plays(session)).all()


class Plays:
    def __init__(self, session: AsyncSession):
        self.session = session

    def get(self, play_id):
        return self.session.get(Play, play_id)

    def save(self):
        return self.session.commit()

    async def rename(self, play_id, name):
        play = await self.get(play_id)
        play.name = name
        await self.save()

    async def close(self):
        self.session.close()  # want SES401


async def tried_again(session: AsyncSession):
    return await run_with_retries(lambda: session.commit())


async def passed_on(session: AsyncSession):
    return await run_with_retries(session.scalar(select(func.count(Seat.id))))


async def finished(coroutine):
    return await coroutine


async def passed_to_a_neighbour(session: AsyncSession, play_id):
    return await finished(session.get(Play, play_id))


async def on_a_stack(play_id):
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(async_session())
        return await session.get(Play, play_id)


async def called_back_by_a_stack(play_id):
    async with AsyncExitStack() as stack:
        session = async_session()
        stack.push_async_callback(session.close)
        return await session.get(Play, play_id)


async def by_aclosing(play_id):
    async with aclosing(async_session()) as session:
        return await session.get(Play, play_id)


def from_outside(session: AsyncSession):
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(session.scalar(select(func.count(Seat.id))))
    finally:
        loop.run_until_complete(session.close())
        loop.close()


def from_a_thread(session: AsyncSession, loop):
    return asyncio.run_coroutine_threadsafe(session.commit(), loop).result()


async def kept_and_forgotten(session: AsyncSession, seat):
    session.add(seat)
    done = session.commit()  # want SES401
    return done is not None


async def looked_at_too_soon(session: AsyncSession, play_id):
    found = session.get(Play, play_id)  # want SES401
    if play_id < 0:
        return None
    return found.name


async def forgotten_in_a_list(session: AsyncSession, ids):
    found = [session.get(Play, i) for i in ids]
    return [play.name for play in found]


async def awaited_in_turn(session: AsyncSession, ids):
    found = [session.get(Play, i) for i in ids]
    return [(await play).name for play in found]
