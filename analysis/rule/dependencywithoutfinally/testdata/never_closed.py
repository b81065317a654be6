"""Generators that lend a session out and never close it: those leak whatever happens."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker

from tickets.db import engine

SessionLocal = sessionmaker(bind=engine)


def get_db():
    db = SessionLocal()  # want SES102
    yield db


def get_db_without_a_name():
    yield SessionLocal()  # want SES102


@contextmanager
def handler_that_only_rolls_back():
    db = SessionLocal()  # want SES102
    try:
        yield db
    except Exception:
        db.rollback()
        raise


def get_db_in_a_block():
    with SessionLocal() as db:
        yield db


def get_factory():
    yield SessionLocal


@contextmanager
def committed_and_rolled_back():
    # Whichever way it goes, the transaction is over and the connection back.
    db = SessionLocal()
    try:
        yield db
    finally:
        db.rollback()
