"""Asynchronous connections."""

from contextlib import AsyncExitStack

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from water.plots import plot
from water.tables import meters, readings

engine = create_async_engine("postgresql+asyncpg://localhost/water")


async def never_closed(meter_id):
    conn = await engine.connect()  # want SES109
    return (await conn.execute(select(readings).where(readings.c.meter_id == meter_id))).all()


async def early_return(meter_id):
    conn = await engine.connect()  # want SES109
    meter = (await conn.execute(select(meters).where(meters.c.id == meter_id))).first()
    if meter is None:
        return None
    await conn.close()
    return meter.name


async def goes_on(ids):
    for meter_id in ids:
        conn = await engine.connect()  # want SES109
        if await conn.scalar(select(meters.c.id).where(meters.c.id == meter_id)) is None:
            continue
        await conn.close()


async def closed_at_the_end(meter_id):
    conn = await engine.connect()  # want SES109 warning
    plot((await conn.execute(select(readings).where(readings.c.meter_id == meter_id))).all())
    await conn.close()


async def used_for_one_statement(meter_id):
    return await (await engine.connect()).scalar(select(meters.c.name).where(meters.c.id == meter_id))  # want SES109


async def after_the_block(meter_id):
    async with engine.connect() as conn:
        meter = (await conn.execute(select(meters).where(meters.c.id == meter_id))).one()
    return meter, await conn.scalar(select(func.count(readings.c.id)))  # want SES109


async def after_the_transaction(meter_id, value):
    async with engine.begin() as conn:
        await conn.execute(readings.insert().values(meter_id=meter_id, value=value))
    return await conn.scalar(select(func.count(readings.c.id)))  # want SES109


async def after_close(meter_id):
    conn = await engine.connect()
    try:
        meter = (await conn.execute(select(meters).where(meters.c.id == meter_id))).one()
    finally:
        await conn.close()
    return meter, await conn.scalar(select(func.count(readings.c.id)))  # want SES109


async def in_a_block(meter_id):
    async with engine.connect() as conn:
        return (await conn.execute(select(readings).where(readings.c.meter_id == meter_id))).all()


async def in_a_transaction(meter_id, value):
    async with engine.begin() as conn:
        await conn.execute(readings.insert().values(meter_id=meter_id, value=value))


async def closed_in_finally(meter_id):
    conn = await engine.connect()
    try:
        return (await conn.execute(select(readings).where(readings.c.meter_id == meter_id))).all()
    finally:
        await conn.close()


async def opened_before_the_block(meter_id):
    conn = engine.connect()
    async with conn:
        return (await conn.execute(select(readings).where(readings.c.meter_id == meter_id))).all()


async def on_a_stack(meter_id):
    async with AsyncExitStack() as stack:
        conn = await stack.enter_async_context(engine.connect())
        return (await conn.execute(select(readings).where(readings.c.meter_id == meter_id))).all()


async def in_the_sync_world(metadata):
    async with engine.begin() as conn:
        await conn.run_sync(metadata.create_all)


async def returned():
    conn = await engine.connect()
    return conn


async def streamed(meter_id):
    async with engine.connect() as conn:
        async with conn.stream(select(readings).where(readings.c.meter_id == meter_id)) as result:
            async for row in result:
                yield row.value


async def ended_after_the_block(meter_id, value):
    async with engine.begin() as conn:
        await conn.execute(readings.insert().values(meter_id=meter_id, value=value))
    await conn.close()
