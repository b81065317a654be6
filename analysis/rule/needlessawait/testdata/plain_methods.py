"""Methods of an AsyncSession that are no coroutines."""

from asyncio import current_task

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session, async_sessionmaker, create_async_engine

from ferry.db import get_session
from ferry.models import Boat, Ticket

engine = create_async_engine("postgresql+asyncpg://localhost/ferry")
async_session = async_sessionmaker(engine, expire_on_commit=False)
registry = async_scoped_session(async_session, current_task)


async def sell(boat_id):
    async with async_session() as session:
        await session.add(Ticket(boat_id=boat_id))  # want SES405
        await session.commit()


async def sell_many(boat_id, count, session: AsyncSession = Depends(get_session)):
    await session.add_all([Ticket(boat_id=boat_id) for _ in range(count)])  # want SES405
    await session.commit()


async def sell_in_a_block(boat_id):
    async with AsyncSession(engine) as session, session.begin():
        await session.add(Ticket(boat_id=boat_id))  # want SES405


async def sell_by_registry(boat_id):
    await registry.add(Ticket(boat_id=boat_id))  # want SES405
    await registry.commit()
    await registry.remove()


async def let_go(session: AsyncSession, boat):
    await session.expunge(boat)  # want SES405
    return boat


async def let_all_go(session: AsyncSession):
    await session.expunge_all()  # want SES405


async def forgotten(session: AsyncSession, boat, boat_id):
    await session.expire(boat)  # want SES405
    return await session.get(Boat, boat_id)


async def all_forgotten(session: AsyncSession):
    await session.expire_all()  # want SES405


async def busy(session: AsyncSession):
    return await session.in_transaction()  # want SES405


async def which_engine(session: AsyncSession):
    return await session.get_bind()  # want SES405


async def sell_for_each(session: AsyncSession, ids):
    for boat_id in ids:
        await session.add(Ticket(boat_id=boat_id))  # want SES405
    await session.commit()


class Tickets:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def sell(self, boat_id):
        ticket = Ticket(boat_id=boat_id)
        await self.session.add(ticket)  # want SES405
        await self.session.flush()
        return ticket

    async def sold(self, boat_id):
        ticket = Ticket(boat_id=boat_id)
        self.session.add(ticket)
        await self.session.flush()
        return ticket

    async def add(self, ticket):
        self.session.add(ticket)
        await self.session.commit()


async def sold(boat_id):
    async with async_session() as session:
        session.add(Ticket(boat_id=boat_id))
        await session.commit()


async def by_a_class_of_ones_own(session: AsyncSession, boat_id):
    # Its add() is a coroutine.
    tickets = Tickets(session)
    await tickets.add(Ticket(boat_id=boat_id))


async def what_is_a_coroutine(session: AsyncSession, boat_id, ticket):
    boat = await session.get(Boat, boat_id)
    await session.refresh(boat)
    mine = await session.merge(ticket)
    await session.delete(mine)
    await session.flush()
    connection = await session.connection()
    await connection.run_sync(print)
    await session.run_sync(print)
    await session.commit()


async def begin_may_be_awaited(session: AsyncSession, boat_id):
    transaction = await session.begin()
    session.add(Ticket(boat_id=boat_id))
    await transaction.commit()


async def a_savepoint_too(session: AsyncSession, boat_id):
    savepoint = await session.begin_nested()
    session.add(Ticket(boat_id=boat_id))
    await savepoint.rollback()


async def closed_at_last():
    session = async_session()
    try:
        return (await session.scalars(select(Boat))).all()
    finally:
        await session.close()


async def looked_at(session: AsyncSession, boat):
    if session.in_transaction() and boat in session:
        session.expunge(boat)
    return session.get_bind(), session.is_modified(boat)


async def in_the_sync_world(session: AsyncSession, boats):
    await session.run_sync(lambda s: s.add_all(boats))
    await session.commit()


async def of_another_library(queue, boat_id):
    await queue.add(boat_id)
    await queue.expire(boat_id)
    return await queue.execute()
