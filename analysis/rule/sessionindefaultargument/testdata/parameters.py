"""Default values of parameters."""

import functools
from typing import Annotated, Callable, Optional

import requests
from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession

from choir.db import engine
from choir.models import Singer, Song

SessionLocal = sessionmaker(bind=engine)
make_session = functools.partial(Session, engine)
registry = scoped_session(SessionLocal)


def get_session():
    return SessionLocal()


def get_db():
    with SessionLocal() as db:
        yield db


def by_maker(session=SessionLocal()):  # want SES106
    return session.scalars(select(Singer)).all()


def by_class(name, session=Session(engine)):  # want SES106
    return session.scalar(select(Singer).where(Singer.name == name))


def with_a_type(name, session: Session = SessionLocal()):  # want SES106
    session.add(Singer(name=name))
    session.commit()


def only_by_keyword(name, *, db: Session = SessionLocal()):  # want SES106
    return db.scalar(select(Singer).where(Singer.name == name))


def by_partial(session=make_session()):  # want SES106
    return session.scalars(select(Singer)).all()


def by_getter(session=get_session()):  # want SES106
    return session.scalars(select(Singer)).all()


def by_sqlmodel(session=ModelSession(engine)):  # want SES106
    return session.exec(select(Singer)).all()


def closed_at_the_end(session=SessionLocal()):  # want SES106
    try:
        return session.scalars(select(Song)).all()
    finally:
        session.close()


def in_a_block(session=SessionLocal()):  # want SES106
    with session:
        return session.scalars(select(Song)).all()


def over_several_lines(
    name,
    limit=10,
    session=SessionLocal(),  # want SES106
):
    return session.scalars(select(Song).where(Song.name == name).limit(limit)).all()


find = lambda name, session=SessionLocal(): session.scalar(select(Song).where(Song.name == name))  # noqa: E731  # want SES106


class Choir:
    def __init__(self, session=SessionLocal()):  # want SES106
        self.session = session

    def songs(self, session=SessionLocal()):  # want SES106
        return session.scalars(select(Song)).all()

    def singers(self, session=None):
        return (session or self.session).scalars(select(Singer)).all()


def outer(name):
    def inner(session=SessionLocal()):  # want SES106
        return session.scalar(select(Song).where(Song.name == name))

    return inner


def none(session: Optional[Session] = None):
    if session is None:
        with SessionLocal() as session:
            return session.scalars(select(Song)).all()
    return session.scalars(select(Song)).all()


def the_factory(factory: Callable[[], Session] = SessionLocal):
    with factory() as session:
        return session.scalars(select(Song)).all()


def the_getter(getter=get_session):
    with getter() as session:
        return session.scalars(select(Song)).all()


def the_partial(factory=make_session):
    with factory() as session:
        return session.scalars(select(Song)).all()


def the_registry(session=registry):
    return session.scalars(select(Song)).all()


def dependency(session: Session = Depends(get_db)):
    return session.scalars(select(Song)).all()


def annotated(session: Annotated[Session, Depends(get_db)]):
    return session.scalars(select(Song)).all()


def dependency_of_the_factory(session: Session = Depends(SessionLocal)):
    return session.scalars(select(Song)).all()


def the_class(session_class=Session):
    with session_class(engine) as session:
        return session.scalars(select(Song)).all()


def a_lambda(make=lambda: SessionLocal()):
    with make() as session:
        return session.scalars(select(Song)).all()


def a_statement(query=select(Song)):
    with SessionLocal() as session:
        return session.scalars(query).all()


def a_function_with_a_name_like_it(session_name="default", get_session=None):
    return session_name, get_session


def of_another_library(session=requests.Session()):
    return session.get("https://example.org/songs")
