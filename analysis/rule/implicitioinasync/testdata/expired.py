"""Attributes that a commit, a rollback or the end of a block expired."""

import logging

from sqlalchemy import create_engine, func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from records.models import Album, Track

log = logging.getLogger(__name__)
engine = create_async_engine("postgresql+asyncpg://localhost/records")
async_session = async_sessionmaker(engine)
keeping_session = async_sessionmaker(engine, expire_on_commit=False)
SyncSession = sessionmaker(create_engine("postgresql+psycopg://localhost/records"))


async def added(title):
    async with async_session() as session:
        album = Album(title=title)
        session.add(album)
        await session.commit()
        return {"id": album.id}  # want SES303


async def renamed(album_id, title):
    async with AsyncSession(engine) as session:
        album = await session.get(Album, album_id)
        album.title = title
        await session.commit()
        log.info("%s has a title", album.id)  # want SES303
        return album_id


async def after_the_block(album_id):
    async with async_session() as session:
        async with session.begin():
            album = await session.get(Album, album_id)
            album.played = func.now()
        return f"played {album.title}"  # want SES303


async def rolled_back(album_id):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        await session.rollback()
        return album.title  # want SES303


async def rolled_back_and_not_kept(album_id):
    async with keeping_session() as session:
        album = await session.get(Album, album_id)
        album.played = func.now()
        try:
            await session.commit()
        except IntegrityError:
            await session.rollback()
            log.warning("%s was not played", album.title)  # want SES303 warning
            raise
        return album.title


async def many(ids):
    async with async_session() as session:
        tracks = (await session.scalars(select(Track).where(Track.id.in_(ids)))).all()
        for track in tracks:
            track.played = func.now()
        await session.commit()
        return [track.title for track in tracks]  # want SES303


async def one_by_one(album_id):
    async with async_session() as session:
        for track in (await session.scalars(select(Track).where(Track.album_id == album_id))).all():
            log.info("playing %s", track.title)  # want SES303
            track.played = func.now()
            await session.commit()  # want SES202


async def counted(track_id):
    async with async_session() as session:
        track = await session.get(Track, track_id)
        track.played = func.now()
        await session.commit()
        plays = track.plays + 1  # want SES303
    return plays


async def expired_by_hand(track_id):
    async with keeping_session() as session:
        track = await session.get(Track, track_id)
        session.expire(track)
        return track.title  # want SES303


async def read_twice(title):
    async with async_session() as session:
        album = Album(title=title)
        session.add(album)
        await session.commit()
        found = {"id": album.id}  # want SES303
        found["title"] = album.title
        return found


async def of_the_caller_s_session(session: AsyncSession, album_id):
    album = await session.get(Album, album_id)
    await session.rollback()
    return album.title  # want SES303


async def after_the_close(title):
    async with async_session() as session:
        album = Album(title=title)
        session.add(album)
        await session.commit()
    return album.id  # want SES302


async def refreshed(title):
    async with async_session() as session:
        album = Album(title=title)
        session.add(album)
        await session.commit()
        await session.refresh(album)
        return {"id": album.id}


async def kept(title):
    async with keeping_session() as session:
        album = Album(title=title)
        session.add(album)
        await session.commit()
        return {"id": album.id}


async def kept_after_the_block(title):
    async with AsyncSession(engine, expire_on_commit=False) as session:
        async with session.begin():
            album = Album(title=title)
            session.add(album)
        return {"id": album.id}


async def only_flushed(title):
    async with async_session() as session, session.begin():
        album = Album(title=title)
        session.add(album)
        await session.flush()
        log.info("album %d", album.id)


async def read_before(album_id):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        title = album.title
        album.played = func.now()
        await session.commit()
        return title


async def loaded_again(album_id):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        album.played = func.now()
        await session.commit()
        album = await session.get(Album, album_id)
        return album.title


async def selected_again(album_id):
    async with async_session() as session:
        tracks = (await session.scalars(select(Track).where(Track.album_id == album_id))).all()
        for track in tracks:
            track.played = func.now()
        await session.commit()
        tracks = (await session.scalars(select(Track).where(Track.album_id == album_id))).all()
        return [track.title for track in tracks]


async def loaded_after_the_commit(title):
    async with async_session() as session:
        session.add(Album(title=title))
        await session.commit()
        newest = (await session.scalars(select(Album).order_by(Album.id.desc()))).first()
        return newest.title


async def only_set(album_id, title):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        session.add(Track(title=title, album_id=album_id))
        await session.commit()
        album.title = title
        await session.flush()
        await session.rollback()


async def columns(album_id):
    async with async_session() as session:
        rows = (await session.execute(select(Track.id, Track.title))).all()
        title = await session.scalar(select(Album.title).where(Album.id == album_id))
        session.add(Track(title=title))
        await session.commit()
        return [row.title for row in rows], title.upper()


async def expunged(album_id):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        session.expunge(album)
        session.add(Track(title="applause"))
        await session.commit()
        return album.title


async def a_savepoint_expires_nothing(album_id):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        async with session.begin_nested():
            await session.scalar(select(func.count(Track.id)))
        return album.title


async def nothing_is_loaded_for_it(album_id):
    async with async_session() as session:
        album = await session.get(Album, album_id)
        session.add(Track(title="applause"))
        await session.commit()
        return inspect(album).identity, album is not None, type(album).__name__


async def a_session_for_each(ids):
    for track_id in ids:
        async with async_session() as session:
            track = await session.get(Track, track_id)
            log.info("playing %s", track.title)
            track.played = func.now()
            await session.commit()


async def whoever_made_it_knows(session: AsyncSession, title):
    album = Album(title=title)
    session.add(album)
    await session.commit()
    return album.id


def with_a_synchronous_session(session: Session, title):
    album = Album(title=title)
    session.add(album)
    session.commit()
    return album.id


def with_a_synchronous_session_of_its_own(title):
    with SyncSession() as session:
        album = Album(title=title)
        session.add(album)
        session.commit()
        return album.id


async def register(form):
    # Whatever validate() gives, it was added here: a rollback takes it out again as it is.
    async with async_session() as session:
        album = Album.validate(form)
        session.add(album)
        await session.flush()
        if await session.scalar(select(func.count(Album.id))) > 100:
            await session.rollback()
            log.warning("album %s is refused", album.id)
            return None
        await session.commit()
    return form
