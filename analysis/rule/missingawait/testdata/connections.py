"""AsyncConnection has the same coroutines."""

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, async_scoped_session, async_sessionmaker, create_async_engine
from asyncio import current_task

from radio.models import Base, Song, Station

engine = create_async_engine("sqlite+aiosqlite:///radio.db")
registry = async_scoped_session(async_sessionmaker(engine), current_task)


async def create_tables():
    async with engine.begin() as connection:
        connection.run_sync(Base.metadata.create_all)  # want SES401


async def wipe():
    async with engine.begin() as connection:
        connection.execute(text("DELETE FROM songs"))  # want SES401


async def add_song(name):
    async with engine.connect() as connection:
        await connection.execute(insert(Song).values(name=name))
        connection.commit()  # want SES401


async def names(connection: AsyncConnection):
    return connection.scalars(select(Song.name)).all()  # want SES401


async def quick(connection: AsyncConnection):
    fast = connection.execution_options(isolation_level="AUTOCOMMIT")
    return fast


async def play(song_id):
    song = await registry.get(Song, song_id)
    song.plays += 1
    registry.commit()  # want SES401
    await registry.remove()


async def leave(station_id):
    station = await registry.get(Station, station_id)
    name = station.name
    registry.remove()
    return name


async def tables_created():
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


async def song_added(name):
    async with engine.connect() as connection:
        await connection.execute(insert(Song).values(name=name))
        await connection.commit()


async def a_transaction(connection: AsyncConnection, name):
    async with connection.begin():
        await connection.execute(insert(Song).values(name=name))


async def a_stream_is_a_block(connection: AsyncConnection):
    async with connection.stream(select(Song.name)) as result:
        async for (name,) in result:
            yield name


async def awaited_options(connection: AsyncConnection):
    fast = await connection.execution_options(isolation_level="AUTOCOMMIT")
    return await fast.scalar(select(Song.name))


async def asked(connection: AsyncConnection):
    return connection.closed, connection.in_transaction(), connection.dialect.name


async def played(song_id):
    song = await registry.get(Song, song_id)
    song.plays += 1
    await registry.commit()
    await registry.remove()


async def queued(song):
    registry.add(song)
    await registry.commit()
    await registry.remove()
