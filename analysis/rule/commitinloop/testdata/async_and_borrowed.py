"""Asynchronous sessions, and sessions that were handed in."""

from fastapi import APIRouter, Depends
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session
from sqlmodel import Session as ModelSession

from herbarium.db import engine, get_db
from herbarium.models import Leaf, Plant

router = APIRouter()
db = SQLAlchemy()
async_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite:///herbarium.db"), expire_on_commit=False)


async def dry(plant_ids):
    async with async_session() as session:
        for plant_id in plant_ids:
            plant = await session.get(Plant, plant_id)
            plant.dry = True
            await session.commit()  # want SES202


async def press(session: AsyncSession, leaves):
    for leaf in leaves:
        session.add(Leaf(**leaf))
        await session.commit()  # want SES202


def label(session: Session):
    for plant in session.scalars(select(Plant).where(Plant.label.is_(None))).all():
        plant.label = "?"
        session.commit()  # want SES202


@router.post("/plants")
def add_plants(names: list[str], session: Session = Depends(get_db)):
    for name in names:
        session.add(Plant(name=name))
        session.commit()  # want SES202
    return len(names)


class Plants:
    def __init__(self, session: Session):
        self.session = session

    def rename(self, names):
        for plant_id, name in names.items():
            self.session.get(Plant, plant_id).name = name
            self.session.commit()  # want SES202

    def add(self, names):
        for name in names:
            self.session.add(Plant(name=name))
        self.session.commit()


def with_flask(names):
    for name in names:
        db.session.add(Plant(name=name))
        db.session.commit()  # want SES202


def with_flask_once(names):
    for name in names:
        db.session.add(Plant(name=name))
    db.session.commit()


def with_sqlmodel(names):
    with ModelSession(engine) as session:
        for name in names:
            session.add(Plant(name=name))
            session.commit()  # want SES202


def with_sqlmodel_once(names):
    with ModelSession(engine) as session:
        for name in names:
            session.add(Plant(name=name))
        session.commit()


async def dry_once(plant_ids):
    async with async_session() as session:
        for plant_id in plant_ids:
            plant = await session.get(Plant, plant_id)
            plant.dry = True
        await session.commit()


async def dry_in_portions(plant_ids):
    async with async_session() as session:
        for n, plant_id in enumerate(plant_ids):
            plant = await session.get(Plant, plant_id)
            plant.dry = True
            if n % 100 == 99:
                await session.commit()
        await session.commit()


async def block_per_plant(plant_ids):
    async with async_session() as session:
        for plant_id in plant_ids:
            async with session.begin():
                plant = await session.get(Plant, plant_id)
                plant.dry = True


def flushed(session: Session, leaves):
    for leaf in leaves:
        session.add(Leaf(**leaf))
        session.flush()


def not_known_to_be_a_session(unit, leaves):
    for leaf in leaves:
        unit.add(leaf)
        unit.commit()


def one_session_each(sessions, name):
    for session in sessions:
        session.add(Plant(name=name))
        session.commit()
