"""A failed flush is handled: nothing of the block is saved, and nothing says so."""

import contextlib
import logging

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from registry.db import engine
from registry.models import Deed, Note, Owner

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def enter(session: Session, number):
    deed = Deed(number=number)
    session.add(deed)
    session.flush()
    return deed


def flushed(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Note(text=f"deed {number}"))
            try:
                session.add(Deed(number=number))
                session.flush()
            except IntegrityError:  # want SES208 error
                log.info("deed %s is there", number)


def each_of_many(numbers):
    with SessionMaker() as session:
        with session.begin():
            for number in numbers:
                try:
                    session.add(Deed(number=number))
                    session.flush()
                except IntegrityError:  # want SES208 error
                    log.info("deed %s is there", number)


def all_errors(number):
    with SessionMaker.begin() as session:
        try:
            session.add(Deed(number=number))
            session.flush()
        except Exception:  # want SES208 error
            log.exception("no deed")


def committed(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Deed(number=number))
            try:
                session.commit()
            except SQLAlchemyError:  # want SES208 error
                log.exception("no deed")


def in_a_helper(number):
    with SessionMaker() as session, session.begin():
        try:
            enter(session, number)
        except IntegrityError:  # want SES208 error
            return False
        return True


def flushed_by_a_query(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Deed(number=number))
            try:
                owner = session.scalars(select(Owner).where(Owner.deed == number)).first()
            except IntegrityError:  # want SES208 error
                owner = None
            if owner is None:
                log.info("deed %s has no owner", number)


def attempts(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Deed(number=number))
            for attempt in range(3):
                try:
                    session.flush()
                    break
                except OperationalError:  # want SES208 error
                    log.info("attempt %d", attempt)


def suppressed(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Deed(number=number))
            with contextlib.suppress(IntegrityError):  # want SES208 error
                session.flush()


def a_statement(number):
    # SQLite goes on after it, PostgreSQL saves nothing.
    with SessionMaker() as session:
        with session.begin():
            session.execute(update(Owner).values(asked=True))
            try:
                session.execute(insert(Deed).values(number=number))
            except IntegrityError:  # want SES208
                log.info("deed %s is there", number)


def savepoint_in_the_try(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Note(text=f"deed {number}"))
            try:
                with session.begin_nested():
                    session.add(Deed(number=number))
            except IntegrityError:
                log.info("deed %s is there", number)


def savepoint_for_each(numbers):
    with SessionMaker() as session:
        with session.begin():
            for number in numbers:
                try:
                    with session.begin_nested():
                        enter(session, number)
                except IntegrityError:
                    log.info("deed %s is there", number)


def around_the_block(number):
    with SessionMaker() as session:
        try:
            with session.begin():
                session.add(Deed(number=number))
                session.flush()
        except IntegrityError:
            log.info("deed %s is there", number)


def block_for_each(numbers):
    with SessionMaker() as session:
        for number in numbers:
            try:
                with session.begin():
                    session.add(Deed(number=number))
                    session.flush()
            except IntegrityError:
                log.info("deed %s is there", number)


def raised_again(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Deed(number=number))
            try:
                session.flush()
            except IntegrityError:
                log.info("deed %s is there", number)
                raise


def raised_as_another(number):
    with SessionMaker() as session:
        with session.begin():
            session.add(Deed(number=number))
            try:
                session.flush()
            except IntegrityError as error:
                raise ValueError(number) from error


def not_what_a_flush_raises(path):
    with SessionMaker() as session:
        with session.begin():
            try:
                with open(path, encoding="utf-8") as file:
                    text = file.read()
            except OSError:
                text = ""
            session.add(Note(text=text))
            session.flush()


def rolled_back_by_hand(number):
    with SessionMaker() as session:
        session.add(Deed(number=number))
        try:
            session.flush()
        except IntegrityError:
            session.rollback()
        session.commit()


def checked_before(number):
    with SessionMaker() as session:
        with session.begin():
            if session.scalar(select(Deed.id).where(Deed.number == number)) is None:
                session.add(Deed(number=number))
