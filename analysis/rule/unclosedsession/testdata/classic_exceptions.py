"""The classic questions about exceptions, asked of sessions."""

import contextlib
import sys

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from museum.db import engine
from museum.models import Painting, Visitor
from museum.tickets import check


def raised_between():
    session = Session(engine)  # want SES102
    if session.scalar(select(Painting.id)) is None:
        raise RuntimeError("the museum is empty")
    session.close()


def raised_before_it_was_used(name):
    session = Session(engine)
    if not name:
        raise ValueError(name)
    try:
        return session.scalar(select(Painting.id).where(Painting.name == name))
    finally:
        session.close()


def raised_and_closed_before():
    session = Session(engine)
    try:
        empty = session.scalar(select(Painting.id)) is None
    finally:
        session.close()
    if empty:
        raise RuntimeError("the museum is empty")


def raised_inside_of_the_try():
    session = Session(engine)
    try:
        if session.scalar(select(Painting.id)) is None:
            raise RuntimeError("the museum is empty")
    finally:
        session.close()


def handler_of_the_wrong_type():
    session = Session(engine)  # want SES102 warning
    try:
        session.execute(select(Painting.id)).all()
        check(None)
        session.close()
    except AttributeError:
        session.close()


def handler_of_the_errors_of_the_database():
    session = Session(engine)  # want SES102 warning
    try:
        check(session.execute(select(Painting.id)).all())
        session.close()
    except SQLAlchemyError:
        session.close()
        raise


def handler_of_every_type():
    session = Session(engine)
    try:
        check(session.execute(select(Painting.id)).all())
        session.close()
    except:  # noqa: E722
        session.close()
        raise


def closed_in_handler_only():
    session = Session(engine)  # want SES102
    try:
        session.execute(select(Painting.id)).all()
    except OperationalError:
        session.close()


def closed_in_try_only():
    session = Session(engine)  # want SES102 warning
    try:
        session.execute(select(Painting.id)).all()
        session.close()
    except OperationalError:
        pass


def closed_after_the_handler():
    session = Session(engine)
    ids = []
    try:
        ids = session.execute(select(Painting.id)).all()
    except Exception:
        ids = None
    session.close()
    return ids


def closed_in_else_and_handler():
    session = Session(engine)
    try:
        ids = session.execute(select(Painting.id)).all()
    except Exception:
        session.close()
        return None
    else:
        session.close()
        return ids


def closed_in_finally():
    session = Session(engine)
    try:
        check(session.execute(select(Painting.id)).all())
    except OperationalError:
        return False
    else:
        return True
    finally:
        session.close()


def finally_of_another_try():
    session = Session(engine)  # want SES102
    try:
        check(None)
    finally:
        ids = session.execute(select(Painting.id)).all()
    return ids


def closed_in_the_finally_of_the_outer_try():
    session = Session(engine)
    try:
        try:
            check(session.execute(select(Painting.id)).all())
        except ValueError:
            check(session.execute(select(Visitor.id)).all())
    finally:
        session.close()


def opened_in_the_try_that_closes_it():
    try:
        session = Session(engine)
        return session.execute(select(Painting.id)).all()
    finally:
        session.close()


def closed_in_finally_if(tidy):
    session = Session(engine)  # want SES102
    try:
        return session.execute(select(Painting.id)).all()
    finally:
        if tidy:
            session.close()


def returned_from_finally():
    session = Session(engine)  # want SES102
    try:
        ids = session.execute(select(Painting.id)).all()
    finally:
        return ids
    session.close()


def what_is_suppressed():
    session = Session(engine)
    try:
        with contextlib.suppress(ValueError):
            check(session.execute(select(Painting.id)).all())
    finally:
        session.close()


def close_is_suppressed_too():
    session = Session(engine)
    try:
        return session.execute(select(Painting.id)).all()
    finally:
        with contextlib.suppress(Exception):
            session.close()


def the_program_ends():
    session = Session(engine)
    try:
        if session.scalar(select(Painting.id)) is None:
            sys.exit("the museum is empty")
        return session.execute(select(Visitor.id)).all()
    finally:
        session.close()


def an_assertion():
    with Session(engine) as session:
        ids = session.execute(select(Painting.id)).all()
        assert ids
        return ids
