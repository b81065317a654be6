"""The session is not an argument of the task: it comes along in something."""

import asyncio
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from museum.models import Exhibit, Room, Visitor
from museum.mail import fetch_letters

engine = create_async_engine("postgresql+asyncpg://localhost/museum")
Session = async_sessionmaker(engine, expire_on_commit=False)


class Catalogue:
    """Works with the session of its caller."""

    def __init__(self, session: AsyncSession):
        self.session = session

    async def rooms(self):
        return (await self.session.scalars(select(Room))).all()

    async def exhibits(self, room_id):
        return (await self.session.scalars(select(Exhibit).where(Exhibit.room_id == room_id))).all()

    async def letters(self):
        return await fetch_letters("inbox")

    async def summary(self, room_id):
        return await asyncio.gather(self.rooms(), self.exhibits(room_id))  # want SES403

    async def every_room(self):
        rooms = await self.rooms()
        return await asyncio.gather(*[self.exhibits(room.id) for room in rooms])  # want SES403

    async def counted(self, room_id):
        async with asyncio.TaskGroup() as group:
            rooms = group.create_task(self.rooms())
            exhibits = group.create_task(self.exhibits(room_id))  # want SES403
        return rooms.result(), exhibits.result()

    async def rooms_and_letters(self):
        return await asyncio.gather(self.rooms(), self.letters())

    async def in_turn(self, room_id):
        return await self.rooms(), await self.exhibits(room_id)


class Archive:
    """Makes a session for each call."""

    def __init__(self, factory: async_sessionmaker):
        self.factory = factory

    async def rooms(self):
        async with self.factory() as session:
            return (await session.scalars(select(Room))).all()

    async def exhibits(self, room_id):
        async with self.factory() as session:
            return (await session.scalars(select(Exhibit).where(Exhibit.room_id == room_id))).all()

    async def summary(self, room_id):
        return await asyncio.gather(self.rooms(), self.exhibits(room_id))


async def by_one_catalogue(room_id):
    async with Session() as session:
        catalogue = Catalogue(session)
        return await asyncio.gather(catalogue.rooms(), catalogue.exhibits(room_id))  # want SES403


async def by_two_catalogues(room_id):
    async with Session() as session:
        left, right = Catalogue(session), Catalogue(session)
        return await asyncio.gather(left.rooms(), right.exhibits(room_id))  # want SES403


async def two_catalogues_and_sessions(room_id):
    async with Session() as one, Session() as two:
        left, right = Catalogue(one), Catalogue(two)
        return await asyncio.gather(left.rooms(), right.exhibits(room_id))


async def by_a_catalogue_and_a_letter(room_id):
    async with Session() as session:
        catalogue = Catalogue(session)
        return await asyncio.gather(catalogue.exhibits(room_id), catalogue.letters())


async def by_closures(room_id):
    async with Session() as session:

        async def rooms():
            return await session.scalar(select(func.count(Room.id)))

        async def exhibits():
            return await session.scalar(select(func.count(Exhibit.id)).where(Exhibit.room_id == room_id))

        return await asyncio.gather(rooms(), exhibits())  # want SES403


async def by_one_closure(ids):
    async with Session() as session:

        async def exhibits(room_id):
            return await session.scalar(select(func.count(Exhibit.id)).where(Exhibit.room_id == room_id))

        return await asyncio.gather(*[exhibits(i) for i in ids])  # want SES403


async def by_a_closure_in_turn(ids):
    async with Session() as session:

        async def exhibits(room_id):
            return await session.scalar(select(func.count(Exhibit.id)).where(Exhibit.room_id == room_id))

        return [await exhibits(i) for i in ids]


async def exhibits_of(session: AsyncSession, room_id):
    return await session.scalar(select(func.count(Exhibit.id)).where(Exhibit.room_id == room_id))


async def by_partial(ids):
    async with Session() as session:
        count = partial(exhibits_of, session)
        return await asyncio.gather(*[count(i) for i in ids])  # want SES403


async def by_lambda(ids):
    async with Session() as session:
        count = lambda room_id: exhibits_of(session, room_id)  # noqa: E731
        return await asyncio.gather(*[count(i) for i in ids])  # want SES403


async def by_name(session: AsyncSession, ids):
    return await asyncio.gather(*[exhibits_of(room_id=i, session=session) for i in ids])  # want SES403


async def five_at_a_time(ids):
    limit = asyncio.Semaphore(5)
    async with Session() as session:

        async def limited(room_id):
            async with limit:
                return await exhibits_of(session, room_id)

        return await asyncio.gather(*[limited(i) for i in ids])  # want SES403


async def one_at_a_time(ids):
    turn = asyncio.Lock()
    async with Session() as session:

        async def alone(room_id):
            letters = await fetch_letters(room_id)
            async with turn:
                return len(letters), await exhibits_of(session, room_id)

        return await asyncio.gather(*[alone(i) for i in ids])


async def a_closure_with_its_own(ids):
    async def alone(room_id):
        async with Session() as session:
            return await exhibits_of(session, room_id)

    return await asyncio.gather(*[alone(i) for i in ids])


async def a_closure_that_hides_the_name(ids):
    async with Session() as session:
        visitors = await session.scalar(select(func.count(Visitor.id)))

        async def alone(room_id):
            async with Session() as session:
                return await exhibits_of(session, room_id)

        return visitors, await asyncio.gather(*[alone(i) for i in ids])


async def letters_after_the_rows(room_id):
    async with Session() as session:
        exhibits = await exhibits_of(session, room_id)

        async def letters(box):
            return exhibits, await fetch_letters(box)

    return await asyncio.gather(letters("inbox"), letters("junk"))


async def passed_on(session: AsyncSession, room_id):
    return await side_by_side(exhibits_of(session, room_id), fetch_letters(room_id))


async def side_by_side(*jobs):
    return await asyncio.gather(*jobs)
