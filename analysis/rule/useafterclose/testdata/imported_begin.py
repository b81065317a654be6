"""begin() of a factory that is imported."""

from sqlalchemy import select

from press.db import SessionLocal, async_session_maker
from press.models import Article


def by_maker(title):
    with SessionLocal.begin() as session:
        session.add(Article(title=title))
    return session.scalars(select(Article)).all()  # want SES101


async def by_async_maker(title):
    async with async_session_maker.begin() as session:
        session.add(Article(title=title))
    return (await session.scalars(select(Article))).all()  # want SES101


def in_its_block(title):
    with SessionLocal.begin() as session:
        session.add(Article(title=title))
        return session.scalars(select(Article)).all()
