"""Who does not expire on commit, and who does."""

import functools

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, func
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from toys.models import Toy

engine = create_engine("sqlite:///toys.db")
async_engine = create_async_engine("sqlite+aiosqlite:///toys.db")
Expiring = sessionmaker(engine)
Keeping = sessionmaker(engine, expire_on_commit=False)
keeping = functools.partial(Session, engine, expire_on_commit=False)
AsyncExpiring = async_sessionmaker(async_engine)
AsyncKeeping = async_sessionmaker(async_engine, expire_on_commit=False)
OldAsyncKeeping = sessionmaker(async_engine, class_=AsyncSession, expire_on_commit=False)
Configured = sessionmaker()
Configured.configure(bind=engine, expire_on_commit=False)
registry = scoped_session(Keeping)
app = Flask(__name__)
db = SQLAlchemy(app)


def expires(name):
    with Expiring() as session:
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id  # want SES302


def says_that_it_expires(name):
    with Keeping(expire_on_commit=True) as session:
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id  # want SES302


def keeps_but_rolls_back(toy_id):
    with Keeping() as session:
        toy = session.get(Toy, toy_id)
        toy.sold = func.now()
        session.rollback()
    return toy.name  # want SES302


async def expires_async(name):
    async with AsyncExpiring() as session:
        toy = Toy(name=name)
        session.add(toy)
        await session.commit()
    return toy.id  # want SES302


async def expires_at_the_end_of_the_block(name):
    async with AsyncExpiring.begin() as session:
        toy = Toy(name=name)
        session.add(toy)
    return toy.id  # want SES302


async def class_expires_async(toy_id):
    async with AsyncSession(async_engine) as session:
        toy = await session.get(Toy, toy_id)
        toy.sold = func.now()
        await session.commit()
    return toy.name  # want SES302


async def rolls_back_async(toy_id):
    async with AsyncKeeping() as session:
        toy = await session.get(Toy, toy_id)
        await session.rollback()
    return toy.name  # want SES302


def keeps(name):
    with Keeping() as session:
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id


def keeps_at_the_end_of_the_block(name):
    with Keeping.begin() as session:
        toy = Toy(name=name)
        session.add(toy)
    return toy.id


def keeps_by_the_call(name):
    with Expiring(expire_on_commit=False) as session:
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id


def keeps_by_the_class(name):
    with Session(engine, expire_on_commit=False) as session, session.begin():
        toy = Toy(name=name)
        session.add(toy)
    return toy.id


def keeps_by_a_partial(name):
    with keeping() as session:
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id


def keeps_by_configure(name):
    with Configured() as session:
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id


def keeps_by_an_attribute(name):
    with Expiring() as session:
        session.expire_on_commit = False
        toy = Toy(name=name)
        session.add(toy)
        session.commit()
    return toy.id


def by_the_registry(name):
    toy = Toy(name=name)
    registry.add(toy)
    registry.commit()
    registry.remove()
    return toy.id


async def keeps_async(name):
    async with AsyncKeeping() as session:
        toy = Toy(name=name)
        session.add(toy)
        await session.commit()
    return toy.id


async def keeps_old_async(name):
    async with OldAsyncKeeping() as session:
        toy = Toy(name=name)
        session.add(toy)
        await session.commit()
    return toy.id


async def keeps_class_async(name):
    async with AsyncSession(async_engine, expire_on_commit=False) as session, session.begin():
        toy = Toy(name=name)
        session.add(toy)
    return toy.id


async def refreshed_async(name):
    async with AsyncExpiring() as session:
        toy = Toy(name=name)
        session.add(toy)
        await session.commit()
        await session.refresh(toy)
    return toy.id


async def only_read_async(toy_id):
    async with AsyncExpiring() as session:
        toy = await session.get(Toy, toy_id)
    return toy.name


async def touched_in_the_sync_world(name):
    async with AsyncExpiring() as session:
        toy = Toy(name=name)
        session.add(toy)
        await session.commit()
        toy_id = await session.run_sync(lambda _: toy.id)
    return toy_id, toy.name


def of_the_application(name):
    # It is closed when the request is over, not before.
    toy = Toy(name=name)
    db.session.add(toy)
    db.session.commit()
    return toy.id
