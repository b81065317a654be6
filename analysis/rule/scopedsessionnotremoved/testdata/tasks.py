"""Functions that run as tasks, with one session for each."""

import asyncio
import logging

from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_scoped_session, async_sessionmaker, create_async_engine

from bees.models import Hive, Weight

log = logging.getLogger(__name__)
engine = create_async_engine("postgresql+asyncpg://localhost/bees")
Session = async_scoped_session(async_sessionmaker(engine), scopefunc=asyncio.current_task)


async def task(hive_id):
    log.info("%s", await Session.get(Hive, hive_id))  # want SES111


async def gathered(hive_id):
    Session.add(Weight(hive_id=hive_id))  # want SES111
    await Session.commit()


async def consumer(jobs):
    while True:
        hive_id = await jobs.get()
        Session.add(Weight(hive_id=hive_id))  # want SES111
        await Session.commit()


async def removing(hive_id):
    try:
        log.info("%s", await Session.get(Hive, hive_id))
    finally:
        await Session.remove()


async def removing_consumer(jobs):
    while True:
        hive_id = await jobs.get()
        try:
            log.info("%s", await Session.get(Hive, hive_id))
        finally:
            await Session.remove()


async def removed_by_its_caller(hive_id):
    return await Session.get(Hive, hive_id)


async def calls_and_removes(hive_id):
    try:
        return await removed_by_its_caller(hive_id)
    finally:
        await Session.remove()


async def of_the_request(hive_id):
    return (await Session.scalars(select(Weight).where(Weight.hive_id == hive_id))).all()


async def main(jobs):
    background = [
        asyncio.create_task(task(1)),
        asyncio.create_task(consumer(jobs)),
        asyncio.create_task(removing(1)),
        asyncio.create_task(removing_consumer(jobs)),
        asyncio.create_task(calls_and_removes(1)),
    ]
    await asyncio.gather(gathered(1), gathered(2))
    return background
