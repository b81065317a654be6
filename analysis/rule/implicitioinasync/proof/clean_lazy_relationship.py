"""Relationships that come with their object, are in the session, or were never in the database."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import declarative_base, relationship, selectinload
from stock import async_engine, connections_out, prove, stored

Mapped = declarative_base()
engine = async_engine()


class Crate(Mapped):
    __tablename__ = "crates"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    labels = relationship("Label", back_populates="crate")


class Label(Mapped):
    __tablename__ = "labels"
    id = Column(Integer, primary_key=True)
    text = Column(String)
    crate_id = Column(Integer, ForeignKey("crates.id"))
    crate = relationship("Crate", back_populates="labels")


async def labels(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id, options=[selectinload(Crate.labels)])
        return [label.text for label in crate.labels]


async def crate_name(label_id):
    async with AsyncSession(engine) as session:
        label = await session.get(Label, label_id)
        crate = await session.get(Crate, label.crate_id)
        assert label.crate is crate
        return label.crate.name


async def another(crate_id, text):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        session.add(Label(text=text, crate=crate))
        await session.commit()


async def of_a_new_one(name):
    async with AsyncSession(engine) as session:
        crate = Crate(name=name, labels=[])
        session.add(crate)
        await session.flush()
        count = len(crate.labels)
        await session.commit()
        return count


async def in_the_sync_world(crate_id):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        return await session.run_sync(lambda _: len(crate.labels)), len(crate.labels)


async def proof():
    assert await labels(1) == ["fresh"]
    assert await crate_name(1) == "apples"
    await another(1, "sweet")
    assert stored("SELECT crate_id FROM labels WHERE text = 'sweet'") == [(1,)]
    assert await of_a_new_one("figs") == 0
    assert await in_the_sync_world(1) == (2, 2)
    assert connections_out(engine) == 0


prove(proof)
