"""Asynchronous sessions, connections of an engine, sessions that were handed in."""

from fastapi import APIRouter, Depends
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from ferry.db import engine, get_async_db
from ferry.models import Car, Crossing, Ticket

router = APIRouter()
db = SQLAlchemy()
async_engine = create_async_engine("postgresql+asyncpg://localhost/ferry")
async_session = async_sessionmaker(async_engine, expire_on_commit=False)


async def sell(crossing_id):
    async with async_session() as session:
        async with session.begin():
            ticket = Ticket(crossing_id=crossing_id)
            session.add(ticket)
            await session.commit()
            await session.refresh(ticket)  # want SES205


async def sell_begun(crossing_id):
    async with async_session.begin() as session:
        session.add(Ticket(crossing_id=crossing_id))
        await session.commit()
        session.add(Car(crossing_id=crossing_id))  # want SES205


async def rolled_back(crossing_id):
    async with AsyncSession(async_engine) as session, session.begin():
        session.add(Ticket(crossing_id=crossing_id))
        await session.rollback()
        await session.execute(delete(Car).where(Car.crossing_id == crossing_id))  # want SES205


@router.post("/tickets")
async def buy(crossing_id: int, session: AsyncSession = Depends(get_async_db)):
    async with session.begin():
        ticket = Ticket(crossing_id=crossing_id)
        session.add(ticket)
        await session.commit()
        await session.refresh(ticket)  # want SES205
    return ticket


def board(session: Session, ticket_id):
    with session.begin():
        session.get(Ticket, ticket_id).used = True
        session.commit()
        session.add(Car(ticket_id=ticket_id))  # want SES205


def board_with_flask(ticket_id):
    with db.session.begin():
        db.session.get(Ticket, ticket_id).used = True
        db.session.commit()
        db.session.add(Car(ticket_id=ticket_id))  # want SES205


def on_a_connection(rows):
    with engine.begin() as connection:
        connection.execute(insert(Ticket), rows)
        connection.commit()
        connection.execute(text("UPDATE crossings SET full = true"))  # want SES205


def in_a_block_of_a_connection(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Ticket), rows)
            connection.rollback()
            connection.execute(insert(Car), rows)  # want SES205


async def last(crossing_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Ticket(crossing_id=crossing_id))
            await session.commit()


async def flushed(crossing_id):
    async with async_session() as session:
        async with session.begin():
            ticket = Ticket(crossing_id=crossing_id)
            session.add(ticket)
            await session.flush()
            await session.refresh(ticket)
            return ticket.number


async def read_without_the_database(crossing_id):
    async with async_session() as session:
        async with session.begin():
            crossing = await session.get(Crossing, crossing_id)
            crossing.full = True
            await session.commit()
            return crossing.name


async def after_the_block(crossing_id):
    async with async_session() as session:
        async with session.begin():
            session.add(Ticket(crossing_id=crossing_id))
        return (await session.scalars(select(Ticket))).all()


def begun_twice_in_turn(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Ticket), rows)
        with connection.begin():
            connection.execute(insert(Car), rows)


def committed_as_you_go(rows):
    with engine.connect() as connection:
        connection.execute(insert(Ticket), rows)
        connection.commit()
        connection.execute(insert(Car), rows)
        connection.commit()


def committed_last(rows):
    with engine.begin() as connection:
        connection.execute(insert(Ticket), rows)
        connection.commit()


def leave(session: Session, ticket_id):
    with session.begin():
        session.delete(session.get(Ticket, ticket_id))
        session.commit()
