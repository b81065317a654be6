"""A synchronous session has nothing to await."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from garage.db import async_engine, engine
from garage.models import Car, Repair

SessionLocal = sessionmaker(engine)
AsyncSessionLocal = sessionmaker(async_engine, class_=AsyncSession, expire_on_commit=False)
NewAsyncSession = async_sessionmaker(async_engine)
registry = scoped_session(SessionLocal)


async def repaired(session: Session, car_id):
    # Where its coroutines are awaited, the annotation is what is wrong.
    session.add(Repair(car_id=car_id))
    await session.commit()


async def cars(session: Session):
    result = await session.execute(select(Car))
    return result.scalars().all()


async def cars_by_registry():
    return await registry.scalars(select(Car))  # want SES405


async def of_its_own(car_id):
    with SessionLocal() as session:
        return await session.get(Car, car_id)  # want SES405


async def of_an_asynchronous_factory(car_id):
    async with AsyncSessionLocal() as session:
        return await session.get(Car, car_id)


async def of_a_new_factory(car_id):
    async with NewAsyncSession() as session:
        car = await session.get(Car, car_id)
        session.expunge(car)
        return car


def in_a_thread(car_id):
    with SessionLocal() as session:
        session.add(Repair(car_id=car_id))
        session.commit()


async def by_a_thread(car_id):
    await asyncio.to_thread(in_a_thread, car_id)


async def of_both_kinds(session: Session | AsyncSession, car_id):
    session.add(Repair(car_id=car_id))
    if isinstance(session, AsyncSession):
        await session.commit()
    else:
        session.commit()


async def of_any_kind(session, car_id):
    await session.add(Repair(car_id=car_id))
    await session.commit()
