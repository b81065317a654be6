"""Dependencies of a web application."""

import logging

from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from sqlmodel import Session as ModelSession

from tickets.db import engine
from tickets.models import Seat, Show

app = FastAPI()
log = logging.getLogger(__name__)
SessionLocal = sessionmaker(bind=engine)


def get_db():
    db = SessionLocal()
    yield db  # want SES104
    db.close()


def get_db_and_commit():
    db = SessionLocal()
    yield db  # want SES104
    db.commit()
    db.close()


def get_db_and_log():
    db = Session(engine)
    log.info("opened")
    yield db  # want SES104
    log.info("closing")
    db.close()


def get_db_of_sqlmodel():
    db = ModelSession(engine)
    yield db  # want SES104
    db.close()


def closes_in_the_else():
    db = SessionLocal()
    try:
        yield db  # want SES104
    except LookupError:
        log.warning("not found")
        raise
    else:
        db.close()


def closes_if_one_kind_of_error():
    db = SessionLocal()
    try:
        yield db  # want SES104
    except LookupError:
        db.close()
        raise
    db.close()


def finally_does_something_else():
    db = SessionLocal()
    try:
        yield db  # want SES104
    finally:
        log.info("request is done")
    db.close()


def lent_on(name):
    for db in get_db():
        yield db.scalar(select(Show).where(Show.name == name))


def get_db_in_finally():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


def get_db_in_a_block():
    with SessionLocal() as db:
        yield db


def get_db_in_a_block_and_commit():
    # The block closes it, and rolls back, if the commit is never reached.
    with SessionLocal() as db:
        yield db
        db.commit()


def get_db_begun():
    with SessionLocal.begin() as db:
        yield db


def get_db_with_everything():
    db = SessionLocal()
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()


def get_db_by_sqlmodel():
    with ModelSession(engine) as db:
        yield db


def get_db_entered_later():
    db = SessionLocal()
    with db:
        yield db


def get_db_in_an_outer_finally():
    db = SessionLocal()
    try:
        try:
            yield db
        except LookupError:
            db.rollback()
            raise
    finally:
        db.close()


def returned():
    return SessionLocal()


def rows(name):
    with SessionLocal() as db:
        yield from db.scalars(select(Seat).where(Seat.name == name))


def of_the_caller(db: Session):
    yield db
    db.close()


@app.get("/shows")
def shows(db: Session = Depends(get_db_in_finally)):
    return db.scalars(select(Show)).all()


def session_of_a_dependency(db: Session = Depends(get_db_in_finally)):
    yield db
    log.info("done")
