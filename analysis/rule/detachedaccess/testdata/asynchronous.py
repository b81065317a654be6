"""Objects of an AsyncSession, after its block."""

import logging
from contextlib import asynccontextmanager

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

log = logging.getLogger(__name__)
engine = create_async_engine("postgresql+asyncpg://localhost/ranger")
async_session = async_sessionmaker(engine)
keeping_session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Park(Base):
    __tablename__ = "parks"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    trails: Mapped[list["Trail"]] = relationship(back_populates="park")


class Trail(Base):
    __tablename__ = "trails"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    closed: Mapped[bool] = mapped_column(default=False)
    park_id: Mapped[int] = mapped_column(ForeignKey("parks.id"))
    park: Mapped[Park] = relationship(back_populates="trails")


async def opened(park_id, name):
    async with async_session() as session:
        trail = Trail(name=name, park_id=park_id)
        session.add(trail)
        await session.commit()
    log.info("trail %s is open", trail.id)  # want SES302


async def closed(park_id):
    async with async_session() as session:
        async with session.begin():
            trails = (await session.scalars(select(Trail).where(Trail.park_id == park_id))).all()
            for trail in trails:
                trail.closed = True
    return [trail.name for trail in trails]  # want SES302


async def closed_by_hand(trail_id):
    session = AsyncSession(engine)
    try:
        trail = await session.get(Trail, trail_id)
        trail.closed = True
        await session.commit()
    finally:
        await session.close()
    return trail.name  # want SES302


async def looked_at(trail_id):
    async with keeping_session() as session:
        trail = await session.get(Trail, trail_id)
        await session.rollback()
    return trail.name  # want SES302


async def maybe_closed(trail_id, wet):
    async with async_session() as session:
        trail = await session.get(Trail, trail_id)
        if wet:
            trail.closed = True
            await session.commit()
    return trail.name  # want SES302 warning


async def trails_of(park_id):
    async with keeping_session() as session:
        park = await session.get(Park, park_id)
    return [trail.name for trail in park.trails]  # want SES302


async def park_of(trail_id):
    async with async_session() as session:
        trail = (await session.execute(select(Trail).where(Trail.id == trail_id))).scalar_one()
    return trail.park.name  # want SES302


async def renamed(park_id, name):
    async with async_session() as session:
        park = await session.get(Park, park_id)
        park.name = name
        await session.commit()
        return park


async def renamed_in_words(park_id, name):
    park = await renamed(park_id, name)
    return f"{park.id} is called {name}"  # want SES302


@asynccontextmanager
async def unit_of_work():
    async with async_session.begin() as session:
        yield session


async def out_of_the_unit(park_id):
    async with unit_of_work() as session:
        park = await session.get(Park, park_id)
        park.name = park.name.title()
    return park.name  # want SES302


async def kept(park_id, name):
    async with keeping_session.begin() as session:
        trail = Trail(name=name, park_id=park_id)
        session.add(trail)
    return trail.id


async def refreshed(park_id, name):
    async with async_session() as session:
        trail = Trail(name=name, park_id=park_id)
        session.add(trail)
        await session.commit()
        await session.refresh(trail)
    return trail.id


async def only_read(park_id):
    async with async_session() as session:
        trails = (await session.scalars(select(Trail).where(Trail.park_id == park_id))).all()
    return [trail.name for trail in trails]


async def buffered(park_id):
    async with async_session() as session:
        trails = await session.scalars(select(Trail).where(Trail.park_id == park_id))
    return [trail.name for trail in trails]


async def selected(park_id):
    async with async_session() as session:
        park = await session.get(Park, park_id, options=[selectinload(Park.trails)])
    return [trail.name for trail in park.trails]


async def loaded_in_the_sync_world(park_id):
    async with async_session() as session:
        park = await session.get(Park, park_id)
        await session.run_sync(lambda _: park.trails)
    return len(park.trails)


async def counted(park_id):
    async with async_session() as session:
        count = await session.scalar(select(func.count(Trail.id)).where(Trail.park_id == park_id))
        session.add(Trail(name="loop", park_id=park_id))
        await session.commit()
    return count + 1


async def rows(park_id):
    async with async_session() as session:
        found = (await session.execute(select(Trail.id, Trail.name).where(Trail.park_id == park_id))).all()
        session.add(Trail(name="loop", park_id=park_id))
        await session.commit()
    return {row.id: row.name for row in found}


async def inside_the_unit(park_id):
    async with unit_of_work() as session:
        park = await session.get(Park, park_id)
        park.name = park.name.title()
        return park.name


async def find(session: AsyncSession, trail_id):
    return await session.get(Trail, trail_id)


async def found(trail_id):
    async with async_session() as session:
        trail = await find(session, trail_id)
    return trail.name, trail.park_id


async def expunged(trail_id):
    async with async_session() as session:
        trail = await session.get(Trail, trail_id)
        session.expunge_all()
        session.add(Trail(name="loop", park_id=trail.park_id))
        await session.commit()
    return trail.name


async def by_value(park_id, name):
    async with async_session() as session:
        trail = Trail(name=name, park_id=park_id)
        session.add(trail)
        await session.flush()
        trail_id = trail.id
        await session.commit()
    return trail_id
