"""Work that goes on behind the function's back."""

import asyncio
import threading

from fastapi import APIRouter, BackgroundTasks, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session, sessionmaker

from post.db import async_engine, engine, get_async_session, get_session
from post.models import Letter, Stamp

router = APIRouter()
SessionLocal = sessionmaker(engine)
AsyncSessionLocal = async_sessionmaker(async_engine, expire_on_commit=False)
running = set()


async def frank(session: AsyncSession, letter_id):
    letter = await session.get(Letter, letter_id)
    stamp = await session.scalar(select(Stamp).where(Stamp.price >= letter.weight))
    letter.stamp_id = stamp.id
    await session.commit()


def weigh(session: Session, letter_id):
    letter = session.get(Letter, letter_id)
    letter.weight = len(letter.text)
    session.commit()


@router.post("/letters/{letter_id}/frank")
async def frank_behind(letter_id: int, session: AsyncSession = Depends(get_async_session)):
    task = asyncio.create_task(frank(session, letter_id))  # want SES403
    running.add(task)
    task.add_done_callback(running.discard)
    letter = await session.get(Letter, letter_id)
    return {"to": letter.address}


def weigh_behind(session: Session, letter_id):
    thread = threading.Thread(target=weigh, args=(session, letter_id), daemon=True)  # want SES403
    thread.start()
    return session.get(Letter, letter_id).address


async def closes_under_its_feet(letter_id):
    session = AsyncSessionLocal()
    try:
        task = asyncio.create_task(frank(session, letter_id))  # want SES403
        running.add(task)
    finally:
        await session.close()


async def leaves_the_block(letter_id):
    async with AsyncSessionLocal() as session:
        task = asyncio.create_task(frank(session, letter_id))  # want SES108
        running.add(task)


def a_thread_outlives_the_block(letter_id):
    with SessionLocal() as session:
        threading.Thread(target=weigh, args=(session, letter_id)).start()  # want SES108


@router.post("/letters/{letter_id}/weigh")
def weigh_after_the_response(letter_id: int, tasks: BackgroundTasks):
    with SessionLocal() as session:
        letter = session.get(Letter, letter_id)
        tasks.add_task(weigh, session, letter_id)  # want SES108
        return {"to": letter.address}


@router.post("/letters/{letter_id}/weigh-alone")
def weigh_alone_after_the_response(letter_id: int, tasks: BackgroundTasks, session: Session = Depends(get_session)):
    letter = session.get(Letter, letter_id)
    tasks.add_task(weigh_with_its_own, letter_id)
    return {"to": letter.address}


def weigh_with_its_own(letter_id):
    with SessionLocal() as session:
        weigh(session, letter_id)


async def frank_with_its_own(letter_id):
    async with AsyncSessionLocal() as session:
        await frank(session, letter_id)


@router.post("/letters/{letter_id}/frank-alone")
async def frank_alone_behind(letter_id: int, session: AsyncSession = Depends(get_async_session)):
    task = asyncio.create_task(frank_with_its_own(letter_id))
    running.add(task)
    letter = await session.get(Letter, letter_id)
    return {"to": letter.address}


async def waits_before_the_block_ends(letter_id):
    async with AsyncSessionLocal() as session:
        task = asyncio.create_task(frank(session, letter_id))
        running.add(task)
        await task


def joins_before_the_block_ends(letter_id):
    with SessionLocal() as session:
        thread = threading.Thread(target=weigh, args=(session, letter_id))
        thread.start()
        thread.join()


async def the_task_closes_it(letter_id):
    session = AsyncSessionLocal()

    async def frank_and_close():
        try:
            await frank(session, letter_id)
        finally:
            await session.close()

    task = asyncio.create_task(frank_and_close())
    running.add(task)


def callbacks_run_in_turn(session: Session, ids, jobs):
    for letter_id in ids:
        jobs.append((weigh, letter_id))
    for job, letter_id in jobs:
        job(session, letter_id)
