"""The classic questions about exceptions, asked of connections."""

import contextlib
import sys

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from zoo.db import engine
from zoo.tables import animals, keepers
from zoo.tickets import check


def raised_between():
    conn = engine.connect()  # want SES109
    if conn.scalar(select(animals.c.id)) is None:
        raise RuntimeError("the zoo is empty")
    conn.close()


def raised_before_it_was_used(name):
    conn = engine.connect()
    if not name:
        raise ValueError(name)
    try:
        return conn.scalar(select(animals.c.id).where(animals.c.name == name))
    finally:
        conn.close()


def raised_and_closed_before():
    conn = engine.connect()
    try:
        empty = conn.scalar(select(animals.c.id)) is None
    finally:
        conn.close()
    if empty:
        raise RuntimeError("the zoo is empty")


def raised_inside_of_the_try():
    conn = engine.connect()
    try:
        if conn.scalar(select(animals.c.id)) is None:
            raise RuntimeError("the zoo is empty")
    finally:
        conn.close()


def handler_of_the_wrong_type():
    conn = engine.connect()  # want SES109 warning
    try:
        conn.execute(select(animals.c.id)).all()
        check(None)
        conn.close()
    except AttributeError:
        conn.close()


def handler_of_the_errors_of_the_database():
    conn = engine.connect()  # want SES109 warning
    try:
        check(conn.execute(select(animals.c.id)).all())
        conn.close()
    except SQLAlchemyError:
        conn.close()
        raise


def handler_of_every_type():
    conn = engine.connect()
    try:
        check(conn.execute(select(animals.c.id)).all())
        conn.close()
    except:  # noqa: E722
        conn.close()
        raise


def closed_in_handler_only():
    conn = engine.connect()  # want SES109
    try:
        conn.execute(select(animals.c.id)).all()
    except OperationalError:
        conn.close()


def closed_in_try_only():
    conn = engine.connect()  # want SES109 warning
    try:
        conn.execute(select(animals.c.id)).all()
        conn.close()
    except OperationalError:
        pass


def closed_after_the_handler():
    conn = engine.connect()
    ids = []
    try:
        ids = conn.execute(select(animals.c.id)).all()
    except Exception:
        ids = None
    conn.close()
    return ids


def closed_in_else_and_handler():
    conn = engine.connect()
    try:
        ids = conn.execute(select(animals.c.id)).all()
    except Exception:
        conn.close()
        return None
    else:
        conn.close()
        return ids


def closed_in_finally():
    conn = engine.connect()
    try:
        check(conn.execute(select(animals.c.id)).all())
    except OperationalError:
        return False
    else:
        return True
    finally:
        conn.close()


def finally_of_another_try():
    conn = engine.connect()  # want SES109
    try:
        check(None)
    finally:
        ids = conn.execute(select(animals.c.id)).all()
    return ids


def closed_in_the_finally_of_the_outer_try():
    conn = engine.connect()
    try:
        try:
            check(conn.execute(select(animals.c.id)).all())
        except ValueError:
            check(conn.execute(select(keepers.c.id)).all())
    finally:
        conn.close()


def opened_in_the_try_that_closes_it():
    try:
        conn = engine.connect()
        return conn.execute(select(animals.c.id)).all()
    finally:
        conn.close()


def closed_in_finally_if(tidy):
    conn = engine.connect()  # want SES109
    try:
        return conn.execute(select(animals.c.id)).all()
    finally:
        if tidy:
            conn.close()


def returned_from_finally():
    conn = engine.connect()  # want SES109
    try:
        ids = conn.execute(select(animals.c.id)).all()
    finally:
        return ids
    conn.close()


def what_is_suppressed():
    conn = engine.connect()
    try:
        with contextlib.suppress(ValueError):
            check(conn.execute(select(animals.c.id)).all())
    finally:
        conn.close()


def close_is_suppressed_too():
    conn = engine.connect()
    try:
        return conn.execute(select(animals.c.id)).all()
    finally:
        with contextlib.suppress(Exception):
            conn.close()


def the_program_ends():
    conn = engine.connect()
    try:
        if conn.scalar(select(animals.c.id)) is None:
            sys.exit("the zoo is empty")
        return conn.execute(select(keepers.c.id)).all()
    finally:
        conn.close()


def an_assertion():
    with engine.connect() as conn:
        ids = conn.execute(select(animals.c.id)).all()
        assert ids
        return ids
