"""What only with can enter."""

from contextlib import closing, contextmanager

from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session, sessionmaker

from cinema.db import SessionLocal, open_session
from cinema.models import Film, Seat

engine = create_engine("sqlite:///cinema.db")
Maker = sessionmaker(engine)


async def films():
    async with Session(engine) as session:  # want SES402
        return session.scalars(select(Film)).all()


async def films_by_factory():
    async with Maker() as session:  # want SES402
        return session.scalars(select(Film)).all()


async def films_awaited():
    # The block is never entered: what is wrong in it does not come to that.
    async with Session(engine) as session:  # want SES402
        result = await session.execute(select(Film))
        return result.scalars().all()


async def begun(title):
    async with Maker.begin() as session:  # want SES402
        session.add(Film(title=title))


async def transaction(session: Session, title):
    async with session.begin():  # want SES402
        session.add(Film(title=title))


async def savepoint(session: Session, title):
    async with session.begin_nested():  # want SES402
        session.add(Film(title=title))
    session.commit()


async def connected():
    async with engine.connect() as connection:  # want SES402
        return connection.execute(select(Film.title)).all()


async def connected_and_begun():
    async with engine.begin() as connection:  # want SES402
        connection.execute(update(Seat).values(taken=False))


class Films:
    def __init__(self, factory: "sessionmaker[Session]"):
        self.factory = factory

    async def all(self):
        async with self.factory() as session:  # want SES402
            return session.scalars(select(Film)).all()

    def first(self):
        with self.factory() as session:
            return session.scalars(select(Film)).first()


def films_entered():
    with Session(engine) as session:
        return session.scalars(select(Film)).all()


def both_entered(title):
    with Maker() as session, session.begin():
        session.add(Film(title=title))


def begun_and_entered(title):
    with Maker.begin() as session:
        session.add(Film(title=title))


def connection_entered():
    with engine.begin() as connection:
        connection.execute(update(Seat).values(taken=False))


def no_autoflush(session: Session, title):
    with session.no_autoflush:
        session.add(Film(title=title))
        return session.scalar(select(Film).where(Film.title == title))


def by_closing():
    with closing(Maker()) as session:
        return session.scalars(select(Film)).all()


@contextmanager
def scope():
    with Maker() as session:
        yield session


def by_a_scope():
    with scope() as session:
        return session.scalars(select(Film)).all()


async def imported():
    # Nothing says which kind it makes.
    async with SessionLocal() as session:
        return (await session.scalars(select(Film))).all()


async def opened():
    async with open_session() as session:
        return await session.get(Film, 1)
