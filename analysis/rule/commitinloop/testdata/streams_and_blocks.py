"""Where the next turn of the loop fails."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

from cinema.db import engine
from cinema.models import Film, Show

SessionMaker = sessionmaker(engine)
async_engine = create_async_engine("postgresql+asyncpg://localhost/cinema")
async_session = async_sessionmaker(async_engine, expire_on_commit=False)


def in_portions():
    with SessionMaker() as session:
        for film in session.scalars(select(Film).execution_options(yield_per=100)):
            film.seen = True
            session.commit()  # want SES202 error


def an_old_query_in_portions():
    with SessionMaker() as session:
        for film in session.query(Film).yield_per(100):
            film.seen = True
            session.commit()  # want SES202 error


def of_a_result():
    with SessionMaker() as session:
        result = session.execute(select(Film)).scalars().yield_per(100)
        for film in result:
            film.seen = True
            session.commit()  # want SES202 error


def on_the_server():
    with SessionMaker() as session:
        films = session.scalars(select(Film), execution_options={"stream_results": True, "yield_per": 50})
        for film in films:
            film.seen = True
            session.commit()  # want SES202 error


async def streamed():
    async with async_session() as session:
        async for film in await session.stream_scalars(select(Film)):
            film.seen = True
            await session.commit()  # want SES202 error


async def streamed_result():
    async with async_session() as session:
        result = await session.stream(select(Film.id))
        async for row in result:
            session.add(Show(film_id=row.id))
            await session.commit()  # want SES202 error


def in_a_begin_block(film_ids):
    with SessionMaker() as session:
        with session.begin():
            for film_id in film_ids:
                session.get(Film, film_id).seen = True
                session.commit()  # want SES202 error


def in_a_block_of_the_maker():
    with SessionMaker.begin() as session:
        for film in session.scalars(select(Film)):
            film.seen = True
            session.commit()  # want SES202 error


async def in_an_async_block(film_ids):
    async with async_session() as session, session.begin():
        for film_id in film_ids:
            session.add(Show(film_id=film_id))
            await session.commit()  # want SES202 error


def all_at_once():
    with SessionMaker() as session:
        for film in session.scalars(select(Film).execution_options(yield_per=100)).all():
            film.seen = True
            session.commit()  # want SES202


def committed_after_the_stream():
    with SessionMaker() as session:
        for film in session.scalars(select(Film).execution_options(yield_per=100)):
            film.seen = True
        session.commit()


def another_session_commits():
    with SessionMaker() as reader, SessionMaker() as writer:
        for film_id in reader.scalars(select(Film.id).execution_options(yield_per=100)):
            with writer.begin():
                writer.add(Show(film_id=film_id))


async def another_async_session():
    async with async_session() as reader:
        async for film_id in await reader.stream_scalars(select(Film.id)):
            async with async_session() as writer:
                writer.add(Show(film_id=film_id))
                await writer.commit()


def the_first_of_a_block(film_ids):
    with SessionMaker() as session:
        with session.begin():
            for film_id in film_ids:
                film = session.get(Film, film_id)
                if not film.seen:
                    film.seen = True
                    session.commit()
                    return film_id
        return None


def flushed_in_a_block(film_ids):
    with SessionMaker() as session:
        with session.begin():
            for film_id in film_ids:
                session.get(Film, film_id).seen = True
                session.flush()


def block_per_film(film_ids):
    with SessionMaker() as session:
        for film_id in film_ids:
            with session.begin():
                session.get(Film, film_id).seen = True
                session.commit()
