"""A relationship is loaded when it is read, and cannot be under asyncio."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.exc import MissingGreenlet, StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import declarative_base, relationship
from stock import async_engine, connections_out, prove

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
        crate = await session.get(Crate, crate_id)
        return [label.text for label in crate.labels]  # want SES303


async def crate_name(label_id):
    async with AsyncSession(engine) as session:
        label = await session.get(Label, label_id)
        return label.crate.name  # want SES303


async def another(crate_id, text):
    async with AsyncSession(engine) as session:
        crate = await session.get(Crate, crate_id)
        crate.labels.append(Label(text=text))  # want SES303
        await session.commit()


async def of_a_new_one(name):
    async with AsyncSession(engine) as session:
        crate = Crate(name=name)
        session.add(crate)
        await session.flush()
        count = len(crate.labels)  # want SES303
        await session.commit()
        return count


async def cannot(coroutine):
    try:
        await coroutine
    except (MissingGreenlet, StatementError) as error:
        return "greenlet_spawn has not been called" in str(error)
    return False


async def proof():
    assert await cannot(labels(1))
    assert await cannot(crate_name(1))
    assert await cannot(another(1, "sweet"))
    assert await cannot(of_a_new_one("figs"))
    assert connections_out(engine) == 0


prove(proof)
