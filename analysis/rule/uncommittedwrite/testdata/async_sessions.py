"""The same with asyncio."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from hotel.models import Booking, Guest, Room

engine = create_async_engine("postgresql+asyncpg://localhost/hotel")
async_session = async_sessionmaker(engine, expire_on_commit=False)


async def book(room_id, guest_id):
    async with async_session() as session:
        session.add(Booking(room_id=room_id, guest_id=guest_id))  # want SES206
        await session.flush()


async def cancel(booking_id):
    async with AsyncSession(engine) as session:
        booking = await session.get(Booking, booking_id)
        await session.delete(booking)  # want SES206


async def rename(guest_id, name):
    session = async_session()
    try:
        guest = await session.get(Guest, guest_id)
        guest.name = name  # want SES206
    finally:
        await session.close()


async def clean(room_id):
    async with async_session() as session:
        result = await session.execute(update(Room).where(Room.id == room_id).values(clean=True))  # want SES206
        return result.rowcount


async def after_the_block(room_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Booking(room_id=room_id))
        await session.execute(delete(Guest).where(Guest.room_id == room_id))  # want SES206


async def each(bookings):
    for booking in bookings:
        async with async_session() as session:
            session.add(Booking(**booking))  # want SES206


async def on_a_connection(rows):
    async with engine.connect() as connection:
        await connection.execute(insert(Booking), rows)  # want SES206


async def committed(room_id, guest_id):
    async with async_session() as session:
        session.add(Booking(room_id=room_id, guest_id=guest_id))
        await session.commit()


async def begun(room_id):
    async with async_session() as session, session.begin():
        room = await session.get(Room, room_id)
        room.clean = False


async def begun_by_the_maker(room_id):
    async with async_session.begin() as session:
        await session.execute(update(Room).where(Room.id == room_id).values(clean=True))


async def begun_by_hand(room_id):
    async with async_session() as session:
        transaction = await session.begin()
        session.add(Booking(room_id=room_id))
        await transaction.commit()


async def rolled_back(room_id, guest_id):
    async with async_session() as session:
        session.add(Booking(room_id=room_id, guest_id=guest_id))
        await session.flush()
        free = (await session.scalars(select(Room).where(Room.free))).all()
        await session.rollback()
        return len(free)


async def begun_connection(rows):
    async with engine.begin() as connection:
        await connection.execute(insert(Booking), rows)


async def committed_connection(rows):
    async with engine.connect() as connection:
        await connection.execute(insert(Booking), rows)
        await connection.commit()
