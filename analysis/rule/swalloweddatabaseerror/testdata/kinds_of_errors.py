"""Whether an except can catch what a flush raises."""

import contextlib
import logging

import psycopg2.errors
import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy import exc, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, SQLAlchemyError
from sqlalchemy.exc import IntegrityError as Duplicate
from sqlalchemy.orm import sessionmaker

from archive.db import engine
from archive.models import Folder, Sheet

Session = sessionmaker(engine)
log = logging.getLogger(__name__)


def by_the_module(name):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.flush()
        except exc.IntegrityError:  # want SES207
            log.info("known")
        session.commit()


def by_the_package(name):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.flush()
        except sa.exc.DatabaseError:  # want SES207
            log.info("known")
        session.commit()


def by_another_name(name):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.flush()
        except Duplicate:  # want SES207
            log.info("known")
        session.commit()


def one_of_several(name, text):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.add(Sheet(number=int(text)))
            session.flush()
        except (ValueError, sqlalchemy.exc.IntegrityError):  # want SES207
            log.info("known, or no number")
        session.commit()


def bare(name):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.flush()
        except:  # noqa: E722  # want SES207
            log.info("known")
        session.commit()


def of_the_driver_and_its_wrapper(name):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.flush()
        except DBAPIError as error:  # want SES207
            if not isinstance(error.orig, psycopg2.errors.UniqueViolation):
                raise
        session.commit()


def suppressed(name):
    with Session() as session:
        session.add(Folder(name=name))
        with contextlib.suppress(IntegrityError):  # want SES207
            session.commit()
        return session.scalar(select(Folder.id).where(Folder.name == name))


def not_a_number(name, text):
    with Session() as session:
        session.add(Folder(name=name))
        try:
            number = int(text)
            session.flush()
        except ValueError:
            number = 0
        session.add(Sheet(number=number))
        session.commit()


def nothing_found(name):
    with Session() as session:
        try:
            folder = session.scalars(select(Folder).where(Folder.name == name)).one()
        except NoResultFound:
            folder = Folder(name=name)
            session.add(folder)
        folder.opened = True
        session.commit()


def error_of_the_driver(name):
    # SQLAlchemy wraps what the driver raises: this one never comes out of a flush.
    with Session() as session:
        session.add(Folder(name=name))
        try:
            session.flush()
        except psycopg2.errors.UniqueViolation:
            log.info("known")
        session.commit()


def nothing_was_flushed(path):
    with Session() as session:
        try:
            with open(path, encoding="utf-8") as file:
                lines = file.readlines()
        except Exception:
            lines = []
        session.add(Folder(name=path, size=len(lines)))
        session.commit()


def flushed_before_the_try(name, path):
    with Session() as session:
        session.add(Folder(name=name))
        session.flush()
        try:
            open(path, encoding="utf-8").close()
        except Exception:
            log.exception("no file")
        session.commit()


def a_statement_is_no_flush(name):
    # A statement that fails leaves the session as it was.
    with Session() as session:
        try:
            session.execute(insert(Folder).values(name=name))
        except IntegrityError:
            log.info("known")
        session.commit()


def suppressed_and_closed(name):
    with Session() as session:
        session.add(Folder(name=name))
        with contextlib.suppress(SQLAlchemyError):
            session.commit()


def suppressed_another(name, path):
    with Session() as session:
        session.add(Folder(name=name))
        with contextlib.suppress(FileNotFoundError):
            session.flush()
            open(path, encoding="utf-8").close()
        session.commit()
