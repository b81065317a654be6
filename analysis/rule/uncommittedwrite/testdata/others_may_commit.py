"""Where somebody else commits, or may."""

from contextlib import contextmanager

import pytest
from fastapi import APIRouter, Depends
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from choir.db import engine, get_db
from choir.models import Concert, Singer, Voice
from choir.mail import invite

SessionMaker = sessionmaker(engine)
router = APIRouter()
db = SQLAlchemy()


@contextmanager
def committing():
    with SessionMaker() as session:
        yield session
        session.commit()


@contextmanager
def closing_only():
    session = SessionMaker()
    try:
        yield session
    finally:
        session.close()


def save(session: Session, singer):
    session.add(singer)
    session.commit()


def enter(session: Session, singer):
    session.add(singer)
    session.flush()


def scope_that_only_closes(name):
    with closing_only() as session:
        session.add(Singer(name=name))  # want SES206


def scope_that_only_closes_after_a_commit(name):
    with closing_only() as session:
        singer = Singer(name=name)
        session.add(singer)
        session.commit()
        singer.voice = Voice.ALTO  # want SES206


def helper_that_only_flushes(name):
    with SessionMaker() as session:
        enter(session, Singer(name=name))  # want SES206


def scope_that_commits(name):
    with committing() as session:
        session.add(Singer(name=name))


def scope_that_only_closes_with_a_commit(name):
    with closing_only() as session:
        session.add(Singer(name=name))
        session.commit()


def helper_that_commits(name):
    with SessionMaker() as session:
        save(session, Singer(name=name))


def helper_that_commits_all(name, date):
    with SessionMaker() as session:
        session.add(Concert(date=date))
        save(session, Singer(name=name))


def helper_of_another_file(name):
    with SessionMaker() as session:
        singer = Singer(name=name)
        session.add(singer)
        invite(session, singer)


def returned(name):
    session = SessionMaker()
    session.add(Singer(name=name))
    return session


def yielded(name):
    with SessionMaker() as session:
        session.add(Singer(name=name))
        yield session


def given(session: Session, name):
    session.add(Singer(name=name))
    session.flush()


@router.post("/singers")
def of_a_request(name: str, session: Session = Depends(get_db)):
    session.add(Singer(name=name))


def of_flask(name):
    db.session.add(Singer(name=name))
    db.session.flush()


class Singers:
    def __init__(self, session: Session):
        self.session = session

    def add(self, name):
        self.session.add(Singer(name=name))

    def rename(self, singer_id, name):
        singer = self.session.get(Singer, singer_id)
        singer.name = name


class UnitOfWork:
    def __enter__(self):
        self.session = SessionMaker()
        self.session.add(Concert())
        return self

    def __exit__(self, *exc_info):
        self.session.close()

    def commit(self):
        self.session.commit()


@pytest.fixture
def session():
    with SessionMaker() as session:
        session.add(Singer(name="a"))
        session.flush()
        yield session


def test_singers():
    with SessionMaker() as session:
        session.add(Singer(name="b"))
        session.flush()
        assert session.scalars(select(Singer.name)).all() == ["b"]
