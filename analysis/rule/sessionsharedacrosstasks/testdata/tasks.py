"""Tasks that are started one by one."""

import asyncio

import anyio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from clinic.db import engine
from clinic.models import Doctor, Patient, Visit
from clinic.weather import pollen

async_session = async_sessionmaker(engine, expire_on_commit=False)


async def waiting(session: AsyncSession, doctor_id):
    return await session.scalar(select(func.count(Visit.id)).where(Visit.doctor_id == doctor_id))


async def known_patients(session: AsyncSession):
    return await session.scalar(select(func.count(Patient.id)))


async def in_a_group(doctor_id):
    async with async_session() as session:
        async with asyncio.TaskGroup() as group:
            first = group.create_task(waiting(session, doctor_id))
            second = group.create_task(known_patients(session))  # want SES403
    return first.result(), second.result()


async def a_group_in_a_loop(session: AsyncSession, ids):
    async with asyncio.TaskGroup() as group:
        tasks = []
        for doctor_id in ids:
            tasks.append(group.create_task(waiting(session, doctor_id)))  # want SES403
    return [task.result() for task in tasks]


async def a_group_in_a_comprehension(session: AsyncSession, ids):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(waiting(session, i)) for i in ids]  # want SES403
    return [task.result() for task in tasks]


async def two_tasks(session: AsyncSession, doctor_id):
    count = asyncio.create_task(waiting(session, doctor_id))
    everyone = asyncio.create_task(known_patients(session))  # want SES403
    return await count / await everyone


async def by_ensure_future(session: AsyncSession, doctor_id):
    count = asyncio.ensure_future(waiting(session, doctor_id))
    everyone = asyncio.ensure_future(known_patients(session))  # want SES403
    await asyncio.wait({count, everyone})
    return count.result() / everyone.result()


async def by_the_loop(session: AsyncSession, doctor_id):
    loop = asyncio.get_running_loop()
    count = loop.create_task(waiting(session, doctor_id))
    everyone = loop.create_task(known_patients(session))  # want SES403
    return await count / await everyone


async def a_list_of_tasks(session: AsyncSession, ids):
    tasks = [asyncio.create_task(waiting(session, i)) for i in ids]  # want SES403
    return await asyncio.gather(*tasks)


async def as_they_are_done(session: AsyncSession, ids):
    best = None
    for job in asyncio.as_completed([waiting(session, i) for i in ids]):  # want SES403
        count = await job
        best = count if best is None else min(best, count)
    return best


async def started_by_anyio(session: AsyncSession, doctor_id):
    async with anyio.create_task_group() as group:
        group.start_soon(waiting, session, doctor_id)
        group.start_soon(known_patients, session)  # want SES403


async def goes_on_meanwhile(session: AsyncSession, doctor_id):
    count = asyncio.create_task(waiting(session, doctor_id))  # want SES403
    doctor = await session.get(Doctor, doctor_id)
    return doctor.name, await count


async def gathered_with_the_task(session: AsyncSession, doctor_id):
    count = asyncio.create_task(waiting(session, doctor_id))  # want SES403
    everyone = await known_patients(session)
    return await count / everyone


async def commits_meanwhile(doctor_id):
    async with async_session() as session:
        task = asyncio.create_task(waiting(session, doctor_id))  # want SES403
        session.add(Visit(doctor_id=doctor_id))
        await session.commit()
        return await task


async def goes_on_in_the_group(session: AsyncSession, doctor_id):
    async with asyncio.TaskGroup() as group:
        count = group.create_task(waiting(session, doctor_id))  # want SES403
        doctor = await session.get(Doctor, doctor_id)
    return doctor.name, count.result()


async def one_task(session: AsyncSession, doctor_id):
    count = asyncio.create_task(waiting(session, doctor_id))
    grains = await pollen("birch")
    return grains * await count


async def awaited_at_once(session: AsyncSession, doctor_id):
    count = await asyncio.create_task(waiting(session, doctor_id))
    everyone = await asyncio.create_task(known_patients(session))
    return count / everyone


async def awaited_in_between(session: AsyncSession, doctor_id):
    task = asyncio.create_task(waiting(session, doctor_id))
    count = await task
    task = asyncio.create_task(known_patients(session))
    return count / await task


async def awaited_before_it_goes_on(session: AsyncSession, doctor_id):
    task = asyncio.create_task(waiting(session, doctor_id))
    count = await asyncio.wait_for(task, timeout=5)
    doctor = await session.get(Doctor, doctor_id)
    return doctor.name, count


async def awaited_in_each_turn(session: AsyncSession, ids):
    counts = {}
    for doctor_id in ids:
        task = asyncio.create_task(waiting(session, doctor_id))
        counts[doctor_id] = await task
    return counts


async def shielded(session: AsyncSession, doctor_id):
    return await asyncio.shield(waiting(session, doctor_id))


async def with_a_limit(session: AsyncSession, doctor_id):
    async with asyncio.timeout(5):
        return await waiting(session, doctor_id)


async def one_group_for_each(session: AsyncSession, doctor_id):
    async with asyncio.TaskGroup() as group:
        count = group.create_task(waiting(session, doctor_id))
        group.create_task(pollen("hazel"))
    async with asyncio.TaskGroup() as group:
        everyone = group.create_task(known_patients(session))
        group.create_task(pollen("alder"))
    return count.result() / everyone.result()


async def waiting_alone(doctor_id):
    async with async_session() as session:
        return await waiting(session, doctor_id)


async def a_session_for_each_task(ids):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(waiting_alone(i)) for i in ids]
    return [task.result() for task in tasks]


async def own_ones_beside_the_caller_s(session: AsyncSession, ids):
    others = [asyncio.create_task(waiting_alone(i)) for i in ids]
    everyone = await known_patients(session)
    return everyone, await asyncio.gather(*others)


async def one_of_two_ways(session: AsyncSession, doctor_id, fast):
    if fast:
        task = asyncio.create_task(waiting(session, doctor_id))
    else:
        task = asyncio.create_task(known_patients(session))
    return await task
