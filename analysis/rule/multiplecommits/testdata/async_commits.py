"""The same with asyncio."""

import asyncio

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from grid.models import Alarm, Meter, Sample

engine = create_async_engine("postgresql+asyncpg://localhost/grid")
async_session = async_sessionmaker(engine, expire_on_commit=False)


async def install(serial):
    async with async_session() as session:
        meter = Meter(serial=serial)
        session.add(meter)
        await session.commit()
        session.add(Sample(meter_id=meter.id, value=0))
        await session.commit()  # want SES201


async def silence(alarm_id):
    session = AsyncSession(engine)
    try:
        alarm = await session.get(Alarm, alarm_id)
        alarm.silent = True
        await session.commit()
        await session.execute(update(Meter).values(alarms=Meter.alarms - 1))
        await session.commit()  # want SES201
    finally:
        await session.close()


async def remove(meter_id):
    async with AsyncSession(engine) as session:
        meter = await session.get(Meter, meter_id)
        await session.delete(meter)
        await session.commit()
        await asyncio.sleep(1)
        session.add(Alarm(text=f"meter {meter_id} is gone"))
        await session.commit()  # want SES201


async def one_commit(serial):
    async with async_session() as session:
        meter = Meter(serial=serial)
        session.add(meter)
        await session.flush()
        session.add(Sample(meter_id=meter.id, value=0))
        await session.commit()


async def units_of_their_own(serial):
    async with async_session() as session:
        async with session.begin():
            session.add(Meter(serial=serial))
        async with session.begin():
            session.add(Alarm(text="installed"))


async def per_message(stream):
    async with async_session() as session:
        async for message in stream:
            session.add(Sample(**message))
            await session.commit()  # want SES202


async def only_reads(meter_id):
    async with async_session() as session:
        samples = (await session.scalars(select(Sample).where(Sample.meter_id == meter_id))).all()
        await session.commit()
        session.add(Alarm(text=f"{len(samples)} samples"))
        await session.commit()


async def exclusive(meter_id, value):
    async with async_session() as session:
        if value is None:
            session.add(Alarm(text=f"meter {meter_id} is silent"))
            await session.commit()
            return
        session.add(Sample(meter_id=meter_id, value=value))
        await session.commit()
