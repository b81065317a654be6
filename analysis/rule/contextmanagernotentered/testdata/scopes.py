"""Scopes that are called as if they gave the session."""

from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

from ferry.db import engine
from ferry.models import Boat, Trip

SessionMaker = sessionmaker(engine)
async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/ferry"))


@contextmanager
def session_scope():
    with SessionMaker() as session, session.begin():
        yield session


@asynccontextmanager
async def async_scope():
    async with async_session() as session:
        yield session


class Database:
    @contextmanager
    def session(self):
        with SessionMaker() as session:
            yield session

    def boats(self):
        session = self.session()  # want SES112
        return session.scalars(select(Boat)).all()

    def trips(self):
        with self.session() as session:
            return session.scalars(select(Trip)).all()


def plain_session():
    return SessionMaker()


def named(boat_id):
    session = session_scope()  # want SES112
    return session.get(Boat, boat_id)


def in_a_chain(boat_id):
    return session_scope().get(Boat, boat_id)  # want SES112


async def asynchronous(boat_id):
    session = async_scope()  # want SES112
    return await session.get(Boat, boat_id)


def entered(boat_id):
    with session_scope() as session:
        return session.get(Boat, boat_id)


def entered_later(boat_id):
    scope = session_scope()
    with scope as session:
        return session.get(Boat, boat_id)


async def asynchronous_and_entered(boat_id):
    async with async_scope() as session:
        return await session.get(Boat, boat_id)


@session_scope()
def as_a_decorator(boat_id):
    return boat_id


def returned():
    return session_scope()


def handed_on(run):
    return run(session_scope())


def a_function_that_is_no_scope(boat_id):
    with plain_session() as session:
        return session.get(Boat, boat_id)


def by_hand(boat_id):
    scope = session_scope()
    session = scope.__enter__()
    try:
        return session.get(Boat, boat_id)
    finally:
        scope.__exit__(None, None, None)
