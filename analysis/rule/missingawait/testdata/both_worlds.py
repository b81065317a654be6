"""Synchronous sessions, and code that serves both kinds."""

import inspect

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from kiosk.db import async_engine, engine
from kiosk.models import Paper

SessionLocal = sessionmaker(engine)
AsyncSessionLocal = async_sessionmaker(async_engine)
OldAsyncSession = sessionmaker(async_engine, class_=AsyncSession, expire_on_commit=False)
registry = scoped_session(SessionLocal)


def sell(paper_id):
    with SessionLocal() as session:
        paper = session.get(Paper, paper_id)
        session.delete(paper)
        session.commit()


def sell_by_registry(paper_id):
    paper = registry.get(Paper, paper_id)
    registry.delete(paper)
    registry.commit()
    registry.remove()


async def sell_both(paper_id):
    async with OldAsyncSession() as session:
        paper = await session.get(Paper, paper_id)
        session.delete(paper)  # want SES401
        await session.commit()


async def sell_old(paper_id):
    async with OldAsyncSession() as session:
        paper = await session.get(Paper, paper_id)
        await session.delete(paper)
        await session.commit()


async def finish(session: Session | AsyncSession):
    if isinstance(session, AsyncSession):
        await session.commit()
    else:
        session.commit()


async def finish_untyped(session, is_async):
    if is_async:
        await session.commit()
    else:
        session.commit()


async def finish_whatever(session):
    done = session.commit()
    if inspect.isawaitable(done):
        await done


async def only_a_name(session, paper):
    # Nothing says which kind it is.
    session.delete(paper)
    session.commit()


class Stall:
    def __init__(self, session, is_async=False):
        self.session = session
        self.is_async = is_async

    async def papers(self):
        if self.is_async:
            result = await self.session.execute(select(Paper))
        else:
            result = self.session.execute(select(Paper))
        return result.scalars().all()


class AsyncStall:
    session: AsyncSession

    def __init__(self, session: AsyncSession):
        self.session = session

    async def throw_away(self, paper):
        self.session.delete(paper)  # want SES401
        await self.session.flush()

    async def restock(self, paper):
        self.session.add(paper)
        self.session.commit()  # want SES401

    async def restocked(self, paper):
        self.session.add(paper)
        await self.session.commit()


async def the_sync_session_inside(session: AsyncSession, paper):
    session.sync_session.add(paper)
    session.sync_session.expunge(paper)
    return paper in session.sync_session


async def a_sync_function_beside_it(paper_id):
    sell(paper_id)
    async with AsyncSessionLocal() as session:
        return await session.get(Paper, paper_id)
