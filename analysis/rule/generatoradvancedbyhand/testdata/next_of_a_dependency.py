"""Dependencies that are used outside of the framework."""

import logging
from contextlib import closing, contextmanager

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from trains.db import engine
from trains.models import Station, Track

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(bind=engine)


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


def get_db_in_a_block():
    with SessionLocal() as db:
        yield db


def get_db_begun():
    with SessionLocal.begin() as db:
        yield db


def get_db_with_everything():
    db = Session(engine)
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()


def names():
    yield from ("north", "south")


def by_next(station_id):
    db = next(get_db())  # want SES105
    return db.get(Station, station_id)


def by_its_method(station_id):
    db = get_db().__next__()  # want SES105
    return db.get(Station, station_id)


def by_send(station_id):
    db = get_db().send(None)  # want SES105
    return db.get(Station, station_id)


def with_a_default(station_id):
    db = next(get_db(), None)  # want SES105
    return db.get(Station, station_id)


def of_a_block(station_id):
    db = next(get_db_in_a_block())  # want SES105
    return db.get(Station, station_id)


def of_a_begin_block(station_id):
    db = next(get_db_begun())  # want SES105
    return db.get(Station, station_id)


def of_one_with_everything(station_id):
    db = next(get_db_with_everything())  # want SES105
    return db.get(Station, station_id)


def in_a_chain(station_id):
    return next(get_db()).get(Station, station_id)  # want SES105


def in_an_argument(station_id):
    return tracks(next(get_db()), station_id)  # want SES105


def when_absent(station_id, db=None):
    if db is None:
        db = next(get_db())  # want SES105
    return db.get(Station, station_id)


def deleted_to_drop_the_connection(station_id):
    db = next(get_db())  # want SES105
    found = db.get(Station, station_id) is not None
    del db
    return found


def in_each_turn(ids):
    for station_id in ids:
        db = next(get_db())  # want SES105
        log.info("%s", db.get(Station, station_id))


def tracks(db: Session, station_id):
    return db.scalars(select(Track).where(Track.station_id == station_id)).all()


def kept_and_closed(station_id):
    generator = get_db()
    db = next(generator)
    try:
        return db.get(Station, station_id)
    finally:
        generator.close()


def kept_and_finished(station_id):
    generator = get_db()
    db = next(generator)
    try:
        return db.get(Station, station_id)
    finally:
        next(generator, None)


def kept_to_the_end_of_the_function(station_id):
    # It ends with its variable, when the session is not used any more.
    generator = get_db()
    db = next(generator)
    return db.get(Station, station_id)


def in_a_loop(station_id):
    for db in get_db():
        return db.get(Station, station_id)


def in_a_loop_to_its_end():
    found = []
    for db in get_db():
        found += db.scalars(select(Station.id)).all()
    return found


def as_a_context_manager(station_id):
    with contextmanager(get_db)() as db:
        return db.get(Station, station_id)


def closed_by_closing(station_id):
    with closing(get_db()) as generator:
        return next(generator).get(Station, station_id)


def closed_after_use(station_id):
    db = SessionLocal()
    try:
        return db.get(Station, station_id)
    finally:
        db.close()


def first_name():
    return next(names())


def first_row():
    with SessionLocal() as db:
        return next(iter(db.scalars(select(Station.name))), None)


def by_the_framework(station_id: int, db: Session = Depends(get_db)):
    return db.get(Station, station_id)


def handed_in(generator, station_id):
    return next(generator).get(Station, station_id)
