"""Sessions that are handed to an object."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from garden.db import engine
from garden.models import Bed, Plant

SessionMaker = sessionmaker(engine)


class Planner:
    def __init__(self, session: Session):
        self.session = session

    def plant(self, bed_id, name):
        self.session.add(Plant(bed_id=bed_id, name=name))
        self.session.commit()  # want SES209

    def clear(self, bed_id):
        try:
            for plant in self.session.scalars(select(Plant).where(Plant.bed_id == bed_id)).all():
                self.session.delete(plant)
            self.session.flush()
        except IntegrityError:
            self.session.rollback()  # want SES209
            raise

    def close(self):
        self.session.close()  # want SES209

    def beds(self):
        return self.session.scalars(select(Bed)).all()

    def note(self, bed_id, text):
        self.session.get(Bed, bed_id).text = text
        self.session.flush()


class AsyncPlanner:
    def __init__(self, session: AsyncSession):
        self._session = session

    async def plant(self, bed_id, name):
        self._session.add(Plant(bed_id=bed_id, name=name))
        await self._session.commit()  # want SES209

    async def note(self, bed_id, text):
        bed = await self._session.get(Bed, bed_id)
        bed.text = text
        await self._session.flush()


class PlantRepository:
    def __init__(self, session: Session):
        self.session = session

    def add(self, plant):
        self.session.add(plant)
        self.session.commit()

    def remove(self, plant_id):
        try:
            self.session.delete(self.session.get(Plant, plant_id))
            self.session.commit()
        except Exception:
            self.session.rollback()
            raise


class UnitOfWork:
    def __init__(self, session: Session):
        self.session = session

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.session.rollback()
        self.session.close()

    def commit(self):
        self.session.commit()


class SqlAlchemyUnitOfWork:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def commit(self):
        await self.session.commit()

    async def rollback(self):
        await self.session.rollback()


class Importer:
    def run(self, rows):
        with SessionMaker() as session:
            for row in rows:
                session.add(Plant(**row))
            session.commit()


class Plot:
    def __init__(self, surface):
        self.surface = surface

    def draw(self):
        self.surface.commit()
        self.surface.close()
