"""Asynchronous sessions, and sessions that were handed in."""

from fastapi import APIRouter, Depends, HTTPException
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from tram.db import get_async_db, get_db
from tram.models import Driver, Line, Stop

router = APIRouter()
db = SQLAlchemy()
engine = create_async_engine("postgresql+asyncpg://localhost/tram")
async_session = async_sessionmaker(engine, expire_on_commit=False)


def known(session: Session, line_id):
    return session.get(Line, line_id) is not None


def noted(line_id, stops):
    return {"line": line_id, "stops": stops}


async def a_query(line_id):
    async with async_session() as session:
        stops = (await session.scalars(select(Stop).where(Stop.line_id == line_id))).all()
        async with session.begin():  # want SES203
            for stop in stops:
                stop.closed = True


async def awaited(line_id):
    async with AsyncSession(engine) as session:
        session.add(Line(id=line_id))
        transaction = await session.begin()  # want SES203
        session.add(Stop(line_id=line_id))
        await transaction.commit()


@router.post("/stops")
async def add_stop(line_id: int, session: AsyncSession = Depends(get_async_db)):
    line = await session.get(Line, line_id)
    if line is None:
        raise HTTPException(404)
    async with session.begin():  # want SES203
        session.add(Stop(line_id=line_id))


@router.post("/lines")
def add_line(name: str, session: Session = Depends(get_db)):
    if session.scalars(select(Line).where(Line.name == name)).first():
        raise HTTPException(409)
    with session.begin():  # want SES203
        session.add(Line(name=name))


class Lines:
    def __init__(self, session: Session):
        self.session = session

    def close(self, line_id):
        line = self.session.get(Line, line_id)
        with self.session.begin():  # want SES203
            line.closed = True

    def open(self, line_id):
        with self.session.begin():
            self.session.get(Line, line_id).closed = False


def of_flask(line_id):
    line = db.session.get(Line, line_id)
    with db.session.begin():  # want SES203
        line.closed = True


def read_by_a_helper(session: Session, line_id):
    if not known(session, line_id):
        return
    with session.begin():  # want SES203
        session.add(Stop(line_id=line_id))


def begun_first(session: Session, line_id):
    with session.begin():
        if known(session, line_id):
            session.add(Stop(line_id=line_id))


def helper_without_the_session(session: Session, line_id):
    print(noted(line_id, 3))
    with session.begin():
        session.add(Stop(line_id=line_id))


@router.delete("/lines/{line_id}")
async def delete_line(line_id: int, session: AsyncSession = Depends(get_async_db)):
    async with session.begin():
        line = await session.get(Line, line_id)
        await session.delete(line)


async def two_blocks(line_id):
    async with async_session() as session:
        async with session.begin():
            line = await session.get(Line, line_id)
            line.closed = True
        print(line.name)
        async with session.begin():
            session.add(Driver(line_id=line_id))


async def committed_between(line_id):
    async with async_session() as session:
        line = await session.get(Line, line_id)
        await session.commit()
        async with session.begin():
            line.closed = True


async def savepoint(line_id):
    async with async_session() as session:
        line = await session.get(Line, line_id)
        async with session.begin_nested():
            line.closed = True
        await session.commit()


async def per_stop(stop_ids):
    async with async_session() as session:
        for stop_id in stop_ids:
            async with session.begin():
                stop = await session.get(Stop, stop_id)
                stop.closed = True
