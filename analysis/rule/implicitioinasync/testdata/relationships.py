"""Relationships that are not loaded, and those that are."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncSession, async_sessionmaker
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    WriteOnlyMapped,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

from choir.db import engine

async_session = async_sessionmaker(engine, expire_on_commit=False)


class Base(AsyncAttrs, DeclarativeBase):
    pass


class Choir(Base):
    __tablename__ = "choirs"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    singers: Mapped[list["Singer"]] = relationship(back_populates="choir")
    songs: Mapped[list["Song"]] = relationship(lazy="selectin")
    concerts: WriteOnlyMapped["Concert"] = relationship()


class Singer(Base):
    __tablename__ = "singers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    choir_id: Mapped[int] = mapped_column(ForeignKey("choirs.id"))
    choir: Mapped[Choir] = relationship(back_populates="singers")


class Song(Base):
    __tablename__ = "songs"
    id: Mapped[int] = mapped_column(primary_key=True)
    choir_id: Mapped[int] = mapped_column(ForeignKey("choirs.id"))


class Concert(Base):
    __tablename__ = "concerts"
    id: Mapped[int] = mapped_column(primary_key=True)
    choir_id: Mapped[int] = mapped_column(ForeignKey("choirs.id"))


async def names(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        return [singer.name for singer in choir.singers]  # want SES303


async def choir_of(singer_id):
    async with async_session() as session:
        singer = (await session.scalars(select(Singer).where(Singer.id == singer_id))).one()
        return singer.choir.name  # want SES303


async def joins(choir_id, name):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        choir.singers.append(Singer(name=name))  # want SES303
        await session.commit()


async def founded(name):
    async with async_session() as session:
        choir = Choir(name=name)
        session.add(choir)
        await session.flush()
        count = len(choir.singers)  # want SES303
        await session.commit()
        return count


async def refresh_loads_columns_only(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        await session.refresh(choir)
        return len(choir.singers)  # want SES303


async def sizes(session: AsyncSession):
    choirs = (await session.execute(select(Choir))).scalars().all()
    return {choir.name: len(choir.singers) for choir in choirs}  # want SES303


async def the_other_one_is_loaded(session: AsyncSession, choir_id):
    choir = await session.get(Choir, choir_id, options=[selectinload(Choir.songs)])
    return len(choir.songs), len(choir.singers)


async def load(session: AsyncSession, choir_id):
    return await session.get(Choir, choir_id)


async def of_a_helper(session: AsyncSession, choir_id):
    choir = await load(session, choir_id)
    return len(choir.singers)  # want SES303


async def load_with_singers(session: AsyncSession, choir_id):
    query = select(Choir).where(Choir.id == choir_id).options(selectinload(Choir.singers))
    return (await session.scalars(query)).one()


async def of_a_better_helper(session: AsyncSession, choir_id):
    choir = await load_with_singers(session, choir_id)
    return len(choir.singers)


async def selected(choir_id):
    async with async_session() as session:
        query = select(Choir).where(Choir.id == choir_id).options(selectinload(Choir.singers))
        choir = (await session.scalars(query)).one()
        return [singer.name for singer in choir.singers]


async def joined(singer_id):
    async with async_session() as session:
        singer = await session.get(Singer, singer_id, options=[joinedload(Singer.choir)])
        return singer.choir.name


async def always_loaded(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        return len(choir.songs)


async def refreshed_by_name(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        await session.refresh(choir, attribute_names=["singers"])
        return len(choir.singers)


async def by_awaitable_attributes(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        singers = await choir.awaitable_attrs.singers
        return [singer.name for singer in singers], len(choir.singers)


async def by_its_own_statement(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        return (await session.scalars(choir.concerts.select())).all()


async def by_another_query(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        singers = (await session.scalars(select(Singer).where(Singer.choir_id == choir.id))).all()
        return choir.name, [singer.name for singer in singers]


async def in_the_sync_world(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)

        def count(_):
            return len(choir.singers)

        return await session.run_sync(count), await session.run_sync(lambda _: choir.singers[0].name)


async def loaded_in_the_sync_world(choir_id):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        await session.run_sync(lambda _: choir.singers)
        return len(choir.singers)


async def set_by_the_program(name):
    async with async_session() as session:
        choir = Choir(name=name, singers=[], songs=[])
        session.add(choir)
        await session.flush()
        choir.singers.append(Singer(name="Jo"))
        await session.commit()
        return len(choir.singers)


async def not_flushed_yet(name):
    async with async_session() as session, session.begin():
        choir = Choir(name=name)
        session.add(choir)
        choir.singers.append(Singer(name="Jo"))


async def from_the_other_side(choir_id, name):
    async with async_session() as session:
        choir = await session.get(Choir, choir_id)
        session.add(Singer(name=name, choir=choir))
        await session.commit()
        return choir.name


async def a_parent_that_the_session_has(singer_id):
    # It is found by its key, without a query.
    async with async_session() as session:
        singer = await session.get(Singer, singer_id)
        choir = await session.get(Choir, singer.choir_id)
        return singer.choir.name, choir.name


async def a_foreign_key_is_a_column(singer_id):
    async with async_session() as session:
        singer = await session.get(Singer, singer_id)
        return singer.choir_id


async def in_a_statement(choir_id):
    async with async_session() as session:
        query = select(Choir).join(Choir.singers).where(Singer.choir.has(id=choir_id))
        return (await session.scalars(query)).unique().all()
