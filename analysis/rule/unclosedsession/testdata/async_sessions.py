"""The same with asyncio."""

import logging
from contextlib import AsyncExitStack, aclosing

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from chat.models import Message, Room
from chat.online import announce

log = logging.getLogger(__name__)
engine = create_async_engine("postgresql+asyncpg://localhost/chat")
async_session = async_sessionmaker(engine, expire_on_commit=False)


async def never_closed(room_id):
    session = async_session()  # want SES102
    return (await session.scalars(select(Message).where(Message.room_id == room_id))).all()


async def early_return(room_id):
    session = AsyncSession(engine)  # want SES102
    room = await session.get(Room, room_id)
    if room is None:
        return None
    await session.close()
    return room


async def in_a_loop(ids):
    for room_id in ids:
        session = async_session()  # want SES102
        if await session.get(Room, room_id) is None:
            continue
        await session.close()


async def closed_at_the_end(room_id):
    session = async_session()  # want SES102 warning
    room = await session.get(Room, room_id)
    await announce(room.name)
    await session.close()


async def streamed(room_id):
    session = async_session()  # want SES102
    async for message in await session.stream_scalars(select(Message).where(Message.room_id == room_id)):
        log.info("%s", message.text)


async def read_after_the_commit(room_id, text):
    session = async_session()  # want SES102
    session.add(Message(room_id=room_id, text=text))
    await session.commit()
    return (await session.scalars(select(Message.id).where(Message.room_id == room_id))).all()


async def helper(session, room_id):
    return await session.get(Room, room_id)


async def used_by_a_helper(room_id):
    session = async_session()  # want SES102
    return await helper(session, room_id)


async def finish(session):
    await session.close()


async def in_a_block(room_id):
    async with async_session() as session:
        return (await session.scalars(select(Message).where(Message.room_id == room_id))).all()


async def begun(room_id, text):
    async with async_session.begin() as session:
        session.add(Message(room_id=room_id, text=text))


async def closed_in_finally(room_id):
    session = AsyncSession(engine)
    try:
        return await session.get(Room, room_id)
    finally:
        await session.close()


async def by_its_other_name(room_id):
    session = AsyncSession(engine)
    try:
        return await session.get(Room, room_id)
    finally:
        await session.aclose()


async def committed_last(room_id, text):
    session = async_session()
    session.add(Message(room_id=room_id, text=text))
    await session.commit()


async def by_aclosing(room_id):
    async with aclosing(async_session()) as session:
        return await session.get(Room, room_id)


async def on_a_stack(room_id):
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(async_session())
        return await session.get(Room, room_id)


async def called_back_by_a_stack(room_id):
    async with AsyncExitStack() as stack:
        session = async_session()
        stack.push_async_callback(session.close)
        return await session.get(Room, room_id)


async def closed_by_a_helper(room_id):
    session = async_session()
    try:
        return await session.get(Room, room_id)
    finally:
        await finish(session)


async def generated():
    async with async_session() as session:
        yield session


async def given(room_id, session: AsyncSession):
    return await session.get(Room, room_id)


async def its_own_or_the_callers(room_id, session=None):
    own = session is None
    session = session or async_session()
    try:
        return await session.get(Room, room_id)
    finally:
        if own:
            await session.close()
