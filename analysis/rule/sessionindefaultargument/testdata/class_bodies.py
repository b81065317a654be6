"""Attributes of classes, fields of dataclasses, and what frameworks keep."""

from dataclasses import dataclass, field
from typing import Callable, ClassVar, NamedTuple, Optional

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from choir.db import engine
from choir.models import Singer, Song

SessionLocal = sessionmaker(bind=engine)


class Singers:
    session = SessionLocal()  # want SES106

    def all(self):
        return self.session.scalars(select(Singer)).all()


class Songs:
    db: Session = Session(engine)  # want SES106

    @classmethod
    def all(cls):
        return cls.db.scalars(select(Song)).all()


class Nested:
    class Meta:
        sqlalchemy_session = SessionLocal()  # want SES106


class OnOneBranch:
    if engine.dialect.name == "sqlite":
        session = SessionLocal()  # want SES106
    else:
        session = None


@dataclass
class Context:
    name: str
    session: Session = SessionLocal()  # want SES106


class Request(NamedTuple):
    path: str
    session: Session = SessionLocal()  # want SES106


class Settings(BaseModel):
    session: Session = SessionLocal()  # want SES106


class Constants:
    session: ClassVar[Session] = Session(bind=engine)  # want SES106


class WithAFactory:
    factory = SessionLocal

    def all(self):
        with self.factory() as session:
            return session.scalars(select(Singer)).all()


class WithARegistry:
    session = scoped_session(SessionLocal)

    def all(self):
        return self.session.scalars(select(Singer)).all()


class WithAMaker:
    Session = sessionmaker(engine)

    def all(self):
        with self.Session() as session:
            return session.scalars(select(Singer)).all()


class WithNone:
    session: Optional[Session] = None

    def __enter__(self):
        self.session = SessionLocal()
        return self

    def __exit__(self, *error):
        self.session.close()


class OnlyAnnotated:
    session: Session

    def __init__(self, session):
        self.session = session


@dataclass
class WithAFieldFactory:
    name: str
    session: Session = field(default_factory=SessionLocal)

    def close(self):
        self.session.close()


@dataclass
class WithACallable:
    make: Callable[[], Session] = SessionLocal


@dataclass
class Required:
    session: Session
    name: str = "choir"


class WithAProperty:
    @property
    def session(self):
        return SessionLocal()
