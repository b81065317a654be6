"""The ways in which projects name what makes their sessions."""

import functools

import sqlalchemy as sa
import sqlalchemy.orm
from sqlalchemy import orm
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import sessionmaker as make
from sqlmodel import Session as ModelSession
from sqlmodel import select

from garden import db
from garden.db import SessionLocal, engine, get_sessionmaker
from garden.models import Bed, Plant

Maker = make(engine)
Other = Maker
session_factory: orm.sessionmaker = orm.sessionmaker(bind=engine)
SessionMaker = get_sessionmaker()
partial_session = functools.partial(OrmSession, engine)


def by_aliased_class(bed_id):
    with OrmSession(engine) as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def by_full_path(bed_id):
    with sqlalchemy.orm.Session(engine) as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def by_maker(bed_id):
    with Maker() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def by_another_name(bed_id):
    with Other() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def by_factory(bed_id):
    with session_factory() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def by_sqlmodel(bed_id):
    with ModelSession(engine) as s:
        bed = s.get(Bed, bed_id)
    return bed, s.exec(select(Plant)).all()  # want SES101


def imported(bed_id):
    with SessionLocal() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def from_a_getter(bed_id):
    with SessionMaker() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def of_a_module(bed_id):
    with db.SessionLocal() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def made_locally(bed_id):
    make_session = make(bind=engine)
    with make_session() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def made_and_called(bed_id):
    with make(engine)() as s:
        bed = s.get(Bed, bed_id)
    return bed, s.scalars(sa.select(Plant)).all()  # want SES101


class Gardener:
    def __init__(self, session_maker):
        self.session_maker = session_maker

    def plants(self, bed_id):
        with self.session_maker() as s:
            bed = s.get(Bed, bed_id)
        return bed, s.scalars(sa.select(Plant)).all()  # want SES101


def not_a_factory(session_count, make_session):
    with make_session() as s:
        s.get("session_count", session_count)
    return s.execute("done")
