"""Coroutines that gather() runs side by side."""

import asyncio
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from harbour.models import Berth, Crane, Ship
from harbour.tides import fetch_tide

engine = create_async_engine("postgresql+asyncpg://localhost/harbour")
async_session = async_sessionmaker(engine, expire_on_commit=False)


async def ships_in(session: AsyncSession, harbour_id):
    return (await session.scalars(select(Ship).where(Ship.harbour_id == harbour_id))).all()


async def free_berths(session: AsyncSession, harbour_id):
    query = select(func.count(Berth.id)).where(Berth.harbour_id == harbour_id, Berth.ship_id.is_(None))
    return await session.scalar(query)


async def board(harbour_id):
    async with async_session() as session:
        ships, free = await asyncio.gather(  # want SES403
            ships_in(session, harbour_id),
            free_berths(session, harbour_id),
        )
    return {"ships": len(ships), "free": free}


async def count_both():
    async with AsyncSession(engine) as session:
        return await asyncio.gather(  # want SES403
            session.scalar(select(func.count(Ship.id))),
            session.scalar(select(func.count(Berth.id))),
        )


async def of_the_request(session: AsyncSession, harbour_id: int):
    return await asyncio.gather(ships_in(session, harbour_id), free_berths(session, harbour_id))  # want SES403


async def one_for_each_harbour(session: AsyncSession, ids):
    counts = await asyncio.gather(*[free_berths(session, i) for i in ids])  # want SES403
    return dict(zip(ids, counts))


async def from_a_generator(ids):
    async with async_session() as session:
        found = await asyncio.gather(*(ships_in(session, i) for i in ids))  # want SES403
    return list(chain.from_iterable(found))


async def built_earlier(session: AsyncSession, ids):
    jobs = []
    for harbour_id in ids:
        jobs.append(free_berths(session, harbour_id))
    return sum(await asyncio.gather(*jobs))  # want SES403


async def built_as_a_list(session: AsyncSession, ids):
    jobs = [session.get(Crane, i) for i in ids]
    cranes = await asyncio.gather(*jobs)  # want SES403
    return [crane for crane in cranes if crane is not None]


async def built_one_by_one(session: AsyncSession, harbour_id):
    ships = ships_in(session, harbour_id)
    free = free_berths(session, harbour_id)
    return await asyncio.gather(ships, free, return_exceptions=True)  # want SES403


async def refreshed_together(session: AsyncSession, harbour_id):
    ships = await ships_in(session, harbour_id)
    await asyncio.gather(*[session.refresh(ship) for ship in ships])  # want SES403
    return ships


async def by_map(session: AsyncSession, ids):
    await asyncio.gather(*map(lambda i: free_berths(session, i), ids))  # want SES403


async def the_second_gather_only(session: AsyncSession, harbour_id):
    tide, ships = await asyncio.gather(fetch_tide(harbour_id), ships_in(session, harbour_id))
    counts = await asyncio.gather(*[free_berths(session, s.harbour_id) for s in ships])  # want SES403
    return tide, counts


async def one_after_the_other(session: AsyncSession, harbour_id):
    ships = await ships_in(session, harbour_id)
    free = await free_berths(session, harbour_id)
    return ships, free


async def built_earlier_awaited_in_turn(session: AsyncSession, ids):
    jobs = [free_berths(session, i) for i in ids]
    return [await job for job in jobs]


async def only_one_touches_it(session: AsyncSession, harbour_id):
    ships, tide = await asyncio.gather(ships_in(session, harbour_id), fetch_tide(harbour_id))
    return ships, tide


async def only_one_and_many_others(session: AsyncSession, harbour_id):
    ships, *tides = await asyncio.gather(ships_in(session, harbour_id), *[fetch_tide(n) for n in range(7)])
    return ships, max(tides)


async def gather_of_one(session: AsyncSession, harbour_id):
    (ships,) = await asyncio.gather(ships_in(session, harbour_id))
    return ships


async def ships_of_their_own(harbour_id):
    async with async_session() as session:
        return await ships_in(session, harbour_id)


async def free_of_their_own(harbour_id):
    async with async_session() as session:
        return await free_berths(session, harbour_id)


async def one_session_each(harbour_id):
    return await asyncio.gather(ships_of_their_own(harbour_id), free_of_their_own(harbour_id))


async def each_in_the_list_its_own(ids):
    return await asyncio.gather(*[ships_of_their_own(i) for i in ids])


async def the_ids_are_read_before(session: AsyncSession):
    ids = (await session.scalars(select(Ship.harbour_id).distinct())).all()
    return await asyncio.gather(*[ships_of_their_own(i) for i in ids])


async def two_sessions(harbour_id):
    async with async_session() as one, async_session() as two:
        return await asyncio.gather(ships_in(one, harbour_id), free_berths(two, harbour_id))


async def objects_go_to_the_tasks(session: AsyncSession, harbour_id):
    ships = await ships_in(session, harbour_id)
    return await asyncio.gather(*[fetch_tide(ship.harbour_id) for ship in ships])


async def the_factory_goes_to_the_tasks(ids):
    async def look(factory, harbour_id):
        async with factory() as session:
            return await free_berths(session, harbour_id)

    return await asyncio.gather(*[look(async_session, i) for i in ids])


async def either_the_one_or_the_other(session: AsyncSession, harbour_id, full):
    if full:
        found = await asyncio.gather(ships_in(session, harbour_id), fetch_tide(harbour_id))
    else:
        found = await asyncio.gather(free_berths(session, harbour_id), fetch_tide(harbour_id))
    return found


async def gathers_in_turn(session: AsyncSession, ids):
    found = []
    for harbour_id in ids:
        found.append(await asyncio.gather(ships_in(session, harbour_id), fetch_tide(harbour_id)))
    return found
