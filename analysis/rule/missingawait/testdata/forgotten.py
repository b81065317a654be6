"""Calls that stand alone and never run."""

import logging

from fastapi import Depends
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bikes.db import get_session
from bikes.models import Bike, Ride, Station

log = logging.getLogger(__name__)
engine = create_async_engine("postgresql+asyncpg://localhost/bikes")
Session = async_sessionmaker(engine, expire_on_commit=False)


async def scrap(bike_id):
    async with Session() as session:
        bike = await session.get(Bike, bike_id)
        session.delete(bike)  # want SES401
        await session.commit()


async def scrap_all(session: AsyncSession, station_id):
    for bike in await session.scalars(select(Bike).where(Bike.station_id == station_id)):
        session.delete(bike)  # want SES401
    await session.commit()


async def buy(name):
    async with Session() as session:
        session.add(Bike(name=name))
        session.commit()  # want SES401


async def start(bike_id, session: AsyncSession = Depends(get_session)):
    ride = Ride(bike_id=bike_id)
    session.add(ride)
    session.flush()  # want SES401
    await session.commit()
    return ride


async def moved(session: AsyncSession, bike_id, station_id):
    session.execute(update(Bike).where(Bike.id == bike_id).values(station_id=station_id))  # want SES401
    await session.commit()


async def undone(session: AsyncSession, ride):
    try:
        session.add(ride)
        await session.commit()
    except IntegrityError:
        session.rollback()  # want SES401
        raise


async def reloaded(session: AsyncSession, ride):
    session.add(ride)
    await session.commit()
    session.refresh(ride)  # want SES401
    return ride


async def given_back():
    session = AsyncSession(engine)
    try:
        return (await session.scalars(select(Station))).all()
    finally:
        session.close()  # want SES401


async def dependency():
    session = Session()
    try:
        yield session
    finally:
        session.aclose()  # want SES401


async def in_a_begin_block(bike_id):
    async with Session() as session, session.begin():
        ride = await session.scalar(select(Ride).where(Ride.bike_id == bike_id))
        session.delete(ride)  # want SES401


async def on_the_way_out(session: AsyncSession, bike_id):
    bike = await session.get(Bike, bike_id)
    if bike is None:
        session.rollback()  # want SES401
        return None
    await session.commit()
    return bike


async def in_a_comprehension(session: AsyncSession, bikes):
    [session.refresh(bike) for bike in bikes]  # want SES401


async def synced(session: AsyncSession):
    session.run_sync(lambda s: s.execute(delete(Ride)))  # want SES401
    await session.commit()


async def not_even_begun(session: AsyncSession, name):
    session.begin()  # want SES112
    session.add(Station(name=name))
    await session.commit()


async def scrapped(session: AsyncSession, bike_id):
    bike = await session.get(Bike, bike_id)
    await session.delete(bike)
    await session.commit()


async def what_needs_no_await(session: AsyncSession, bikes):
    session.add(bikes[0])
    session.add_all(bikes[1:])
    session.expire(bikes[0])
    session.expunge(bikes[1])
    session.expire_all()
    session.expunge_all()
    if session.in_transaction() or session.in_nested_transaction():
        log.info("%s: %d new", session.info, len(session.new))
    return session.get_bind(), session.is_modified(bikes[2])


async def begun_by_await(session: AsyncSession, name):
    transaction = await session.begin()
    session.add(Station(name=name))
    await transaction.commit()


async def savepoint(session: AsyncSession, name):
    async with session.begin_nested():
        session.add(Station(name=name))
    await session.commit()


async def in_the_sync_world(session: AsyncSession, bike_id):
    def scrap_it(sync_session):
        bike = sync_session.get(Bike, bike_id)
        sync_session.delete(bike)
        sync_session.flush()

    await session.run_sync(scrap_it)
    await session.run_sync(lambda s: s.execute(delete(Ride).where(Ride.bike_id == bike_id)))
    await session.commit()


async def awaited_over_two_lines(session: AsyncSession, station_id):
    await (
        session
        .execute(update(Station).where(Station.id == station_id).values(open=False))
    )
    await session.commit()
