"""begin() and begin_nested() of asynchronous sessions and connections do nothing by themselves."""

from contextlib import AsyncExitStack

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from ferry.models import Boat, Trip

engine = create_async_engine("postgresql+asyncpg://localhost/ferry")
async_session = async_sessionmaker(engine)


async def begun(boat_id):
    async with async_session() as session:
        session.begin()  # want SES112
        session.add(Trip(boat_id=boat_id))
        await session.commit()


async def savepoint(boat_id):
    async with async_session() as session:
        session.begin_nested()  # want SES112
        session.add(Trip(boat_id=boat_id))
        await session.commit()


async def given(session: AsyncSession, boat_id):
    session.begin_nested()  # want SES112
    session.add(Trip(boat_id=boat_id))
    await session.flush()


async def with_a_name(boat_id):
    async with AsyncSession(engine) as session:
        transaction = session.begin()
        session.add(Trip(boat_id=boat_id))
        await session.commit()
        del transaction


async def of_a_connection(boat_id):
    async with engine.connect() as connection:
        connection.begin()  # want SES112
        await connection.execute(update(Boat).where(Boat.id == boat_id).values(full=True))
        await connection.commit()


async def of_a_maker(boat_id):
    session = async_session.begin()  # want SES112
    session.add(Trip(boat_id=boat_id))


async def of_an_engine():
    engine.begin()  # want SES112


async def entered(boat_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Trip(boat_id=boat_id))


async def entered_in_one_line(boat_id):
    async with async_session() as session, session.begin():
        session.add(Trip(boat_id=boat_id))


async def entered_later(boat_id):
    async with async_session() as session:
        transaction = session.begin()
        async with transaction:
            session.add(Trip(boat_id=boat_id))


async def awaited(boat_id):
    async with async_session() as session:
        await session.begin()
        session.add(Trip(boat_id=boat_id))
        await session.commit()


async def awaited_later(boat_id):
    async with async_session() as session:
        transaction = session.begin()
        await transaction
        session.add(Trip(boat_id=boat_id))
        await transaction.commit()


async def started(boat_id):
    async with async_session() as session:
        transaction = await session.begin().start()
        session.add(Trip(boat_id=boat_id))
        await transaction.commit()


async def savepoint_with_a_name(boat_id):
    async with async_session.begin() as session:
        savepoint = await session.begin_nested()
        session.add(Trip(boat_id=boat_id))
        await savepoint.commit()


async def savepoint_entered(boat_id):
    async with async_session.begin() as session:
        async with session.begin_nested():
            session.add(Trip(boat_id=boat_id))


async def connection_entered(boat_id):
    async with engine.connect() as connection, connection.begin():
        await connection.execute(update(Boat).where(Boat.id == boat_id).values(full=True))


async def on_a_stack(boat_id):
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(async_session())
        await stack.enter_async_context(session.begin())
        session.add(Trip(boat_id=boat_id))


async def in_the_sync_world(boat_id):
    async with async_session() as session:
        await session.run_sync(lambda s: s.begin())
        session.add(Trip(boat_id=boat_id))
        await session.commit()
