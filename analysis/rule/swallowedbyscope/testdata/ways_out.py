"""Handlers that end in other ways, and what stands beside the yield."""

import logging
import sys
from contextlib import contextmanager, suppress

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession

from coop.db import engine
from coop.errors import Conflict

SessionMaker = sessionmaker(engine)
Scoped = scoped_session(SessionMaker)
log = logging.getLogger(__name__)


@contextmanager
def returns():
    with SessionMaker() as session:
        try:
            yield session
            session.commit()
        except SQLAlchemyError:  # want SES212
            session.rollback()
            return


@contextmanager
def passes():
    with ModelSession(engine) as session:
        try:
            yield session
            session.commit()
        except Exception:  # want SES212
            pass


@contextmanager
def of_a_scoped_session():
    try:
        yield Scoped
        Scoped.commit()
    except Exception:  # want SES212
        Scoped.rollback()
    finally:
        Scoped.remove()


@contextmanager
def in_an_outer_try():
    try:
        session = SessionMaker()
        try:
            yield session
            session.commit()
        finally:
            session.close()
    except SQLAlchemyError:  # want SES212
        log.exception("not saved")


@contextmanager
def keeps_what_was_done(session: Session):
    try:
        yield session
    finally:
        session.commit()  # want SES212


@contextmanager
def leaves_the_program():
    with SessionMaker() as session:
        try:
            yield session
            session.commit()
        except SQLAlchemyError as error:
            sys.exit(str(error))


@contextmanager
def raises_on_each_branch():
    with SessionMaker() as session:
        try:
            yield session
            session.commit()
        except SQLAlchemyError as error:
            session.rollback()
            if isinstance(error, IntegrityError):
                raise Conflict from error
            else:
                raise


@contextmanager
def of_a_scoped_session_that_raises():
    try:
        yield Scoped
        Scoped.commit()
    except Exception:
        Scoped.rollback()
        raise
    finally:
        Scoped.remove()


@contextmanager
def suppresses_what_comes_after():
    with SessionMaker() as session:
        yield session
        with suppress(FileNotFoundError):
            open("/var/run/coop", encoding="utf-8").close()
        session.commit()


@contextmanager
def raises_only_in_an_inner_try():
    with SessionMaker() as session:
        try:
            yield session
        except Exception:
            session.rollback()
            raise
        try:
            session.commit()
        except IntegrityError as error:
            raise Conflict from error


@contextmanager
def commits_only_without_an_exception():
    done = False
    with SessionMaker() as session:
        try:
            yield session
            done = True
        finally:
            if done:
                session.commit()


@contextmanager
def opens_in_a_try():
    try:
        session = SessionMaker()
    except SQLAlchemyError:
        log.exception("no session")
        raise
    try:
        yield session
    finally:
        session.close()
