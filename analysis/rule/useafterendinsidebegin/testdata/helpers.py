"""The transaction is ended by a function that the session is passed to."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from letterbox.db import engine
from letterbox.models import Label, Letter
from letterbox.storage import remember

SessionMaker = sessionmaker(engine)
async_engine = create_async_engine("postgresql+asyncpg://localhost/letterbox")
async_session = async_sessionmaker(async_engine)


def get_or_create(session: Session, name):
    label = session.scalars(select(Label).where(Label.name == name)).first()
    if label is None:
        label = Label(name=name)
        session.add(label)
        session.commit()
    return label


def save(session, letter):
    session.add(letter)
    session.commit()


def enter(session, letter):
    session.add(letter)
    session.flush()


def forget(session):
    session.rollback()


async def save_async(session: AsyncSession, letter):
    session.add(letter)
    await session.commit()


class Letters:
    def __init__(self, session: Session):
        self.session = session

    def save(self, letter):
        self.session.add(letter)
        self.session.commit()

    def add(self, letter):
        self.session.add(letter)


def labelled(text, name):
    with SessionMaker() as session:
        with session.begin():
            label = get_or_create(session, name)
            session.add(Letter(text=text, label=label))  # want SES205


def saved_twice(first, second):
    with SessionMaker.begin() as session:
        save(session, Letter(text=first))
        save(session, Letter(text=second))  # want SES205


def forgotten(text):
    with SessionMaker() as session, session.begin():
        if not text:
            forget(session)
        session.add(Letter(text=text))  # want SES205


async def saved_and_read(text):
    async with async_session() as session:
        async with session.begin():
            await save_async(session, Letter(text=text))
            return (await session.scalars(select(Letter))).all()  # want SES205


def saved_last(text, name):
    with SessionMaker() as session:
        with session.begin():
            label = session.scalars(select(Label).where(Label.name == name)).one()
            save(session, Letter(text=text, label_id=label.id))


def entered(text, name):
    with SessionMaker() as session:
        with session.begin():
            enter(session, Letter(text=text))
            session.add(Label(name=name))


def without_a_block(text, name):
    with SessionMaker() as session:
        label = get_or_create(session, name)
        return label.id


def of_another_file(text, name):
    with SessionMaker() as session:
        with session.begin():
            remember(session, text)
            session.add(Label(name=name))


async def saved_last_async(text):
    async with async_session() as session:
        async with session.begin():
            session.add(Label(name=text))
            await save_async(session, Letter(text=text))


def block_of_its_own(text, name):
    with SessionMaker() as session:
        with session.begin():
            save(session, Letter(text=text))
        with session.begin():
            session.add(Label(name=name))
