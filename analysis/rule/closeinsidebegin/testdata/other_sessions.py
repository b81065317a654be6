"""Asynchronous sessions, borrowed ones, and helpers."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession

from gallery.db import engine
from gallery.models import Frame, Painting

db = SQLAlchemy()
SessionMaker = sessionmaker(engine)
Scoped = scoped_session(SessionMaker)
async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/gallery"))


def finish(session: Session):
    print("done")
    session.close()


def note(session: Session, text):
    session.add(Frame(text=text))


class Paintings:
    def __init__(self, session: Session):
        self.session = session

    def hang(self, painting_id):
        with self.session.begin():
            self.session.get(Painting, painting_id).hangs = True
            self.session.close()  # want SES211

    def take_down(self, painting_id):
        with self.session.begin():
            self.session.get(Painting, painting_id).hangs = False
        self.session.close()


async def asynchronous(painting_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Frame(painting_id=painting_id))
            await session.close()  # want SES211


async def asynchronous_maker(painting_id):
    async with async_session.begin() as session:
        painting = await session.get(Painting, painting_id)
        painting.hangs = True
        await session.close()  # want SES211


def borrowed(session: Session, painting_id):
    with session.begin():
        session.get(Painting, painting_id).hangs = True
        session.close()  # want SES211


def with_flask(painting_id):
    with db.session.begin():
        db.session.get(Painting, painting_id).hangs = True
        db.session.close()  # want SES211


def with_a_scoped_session(painting_id):
    with Scoped.begin():
        Scoped.get(Painting, painting_id).hangs = True
        Scoped.remove()  # want SES211


def with_sqlmodel(painting_id):
    with ModelSession(engine) as session:
        with session.begin():
            session.add(Frame(painting_id=painting_id))
            session.close()  # want SES211


def in_a_helper(painting_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Painting, painting_id).hangs = True
            finish(session)  # want SES211


def helper_after_the_block(painting_id):
    session = SessionMaker()
    with session.begin():
        session.get(Painting, painting_id).hangs = True
    finish(session)


def helper_that_closes_nothing(painting_id):
    with SessionMaker.begin() as session:
        session.get(Painting, painting_id).hangs = True
        note(session, "hangs")


def of_the_scope(painting_id):
    with Scoped.begin():
        Scoped.get(Painting, painting_id).hangs = True
    Scoped.remove()


async def after_the_async_block(painting_id):
    session = AsyncSession(create_async_engine("sqlite+aiosqlite://"))
    try:
        async with session.begin():
            session.add(Frame(painting_id=painting_id))
    finally:
        await session.close()


async def committed_and_closed(painting_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Frame(painting_id=painting_id))
            await session.commit()
            await session.close()


def of_the_transaction(painting_id):
    with SessionMaker() as session:
        with session.begin() as transaction:
            session.get(Painting, painting_id).hangs = True
            transaction.commit()
        session.close()
