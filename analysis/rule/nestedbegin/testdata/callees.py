"""The inner block stands in a function that is called with the session."""

from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from aviary.db import engine
from aviary.models import Bird, Cage, Feeding

SessionMaker = sessionmaker(engine)
async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/aviary"))


def feed(session: Session, bird_id):
    with session.begin():
        session.add(Feeding(bird_id=bird_id))


def note(session: Session, bird_id):
    session.add(Feeding(bird_id=bird_id))


def attempt(session, bird_id):
    with session.begin_nested():
        session.add(Feeding(bird_id=bird_id))


def feed_alone(bird_id):
    with SessionMaker.begin() as session:
        session.add(Feeding(bird_id=bird_id))


@contextmanager
def transaction():
    with SessionMaker() as session:
        with session.begin():
            yield session


async def feed_async(session: AsyncSession, bird_id):
    async with session.begin():
        session.add(Feeding(bird_id=bird_id))


class Birds:
    def __init__(self, session: Session):
        self.session = session

    def move(self, bird_id, cage_id):
        with self.session.begin():
            self.session.get(Bird, bird_id).cage_id = cage_id
            with self.session.begin():  # want SES204
                self.session.get(Cage, cage_id).full = True

    def free(self, bird_id):
        with self.session.begin():
            self.session.delete(self.session.get(Bird, bird_id))


def in_a_helper(bird_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bird, bird_id).hungry = False
            feed(session, bird_id)  # want SES204


def in_a_scope(bird_id):
    with transaction() as session:
        with session.begin():  # want SES204
            session.get(Bird, bird_id).hungry = False


async def in_an_async_helper(bird_id):
    async with async_session() as session:
        async with session.begin():
            bird = await session.get(Bird, bird_id)
            bird.hungry = False
            await feed_async(session, bird_id)  # want SES204


async def in_an_async_block(bird_id):
    async with async_session.begin() as session:
        async with session.begin():  # want SES204
            session.add(Feeding(bird_id=bird_id))


def in_the_block_of_a_borrowed_one(session: Session, bird_id):
    with session.begin():
        session.get(Bird, bird_id).hungry = False
        with session.begin():  # want SES204
            session.add(Feeding(bird_id=bird_id))


def helper_before_the_block(bird_id):
    with SessionMaker() as session:
        feed(session, bird_id)
        with session.begin():
            session.get(Bird, bird_id).hungry = False


def helper_without_a_block(bird_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bird, bird_id).hungry = False
            note(session, bird_id)


def helper_with_a_savepoint(bird_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bird, bird_id).hungry = False
            attempt(session, bird_id)


def helper_with_a_session_of_its_own(bird_id):
    with SessionMaker() as session:
        with session.begin():
            hungry = session.scalars(select(Bird).where(Bird.hungry)).all()
            feed_alone(bird_id)
            return len(hungry)


def in_a_scope_that_begins(bird_id):
    with transaction() as session:
        session.get(Bird, bird_id).hungry = False


async def async_savepoint(bird_id):
    async with async_session() as session:
        async with session.begin():
            async with session.begin_nested():
                session.add(Feeding(bird_id=bird_id))


async def one_after_the_other(bird_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Feeding(bird_id=bird_id))
        await feed_async(session, bird_id)
