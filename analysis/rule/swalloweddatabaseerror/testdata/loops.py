"""The next turn of a loop uses the session again."""

import logging
import time

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from weather.db import engine
from weather.models import Reading, Station

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def store_each(readings):
    with SessionMaker() as session:
        for reading in readings:
            session.add(Reading(**reading))
            try:
                session.commit()  # want SES202
            except IntegrityError:  # want SES207
                log.warning("twice: %s", reading)


def store_each_and_continue(readings):
    with SessionMaker() as session:
        for reading in readings:
            try:
                session.add(Reading(**reading))
                session.flush()
            except IntegrityError:  # want SES207
                continue
        session.commit()


def stop_at_the_first(readings):
    with SessionMaker() as session:
        for reading in readings:
            session.add(Reading(**reading))
            try:
                session.flush()
            except IntegrityError:  # want SES207
                break
        session.commit()


def retry(reading):
    with SessionMaker() as session:
        for attempt in range(3):
            session.add(Reading(**reading))
            try:
                session.commit()
                return True
            except OperationalError:  # want SES207
                log.warning("attempt %d", attempt)
        return False


def retry_while(reading):
    attempts = 0
    with SessionMaker() as session:
        while attempts < 5:
            try:
                session.add(Reading(**reading))
                session.commit()
                break
            except OperationalError:  # want SES207
                attempts += 1


def worker(queue):
    with SessionMaker() as session:
        while True:
            reading = queue.get()
            try:
                session.add(Reading(**reading))
                session.commit()
            except Exception:  # want SES207
                log.exception("not stored")


def rolled_back_each(readings):
    with SessionMaker() as session:
        for reading in readings:
            session.add(Reading(**reading))
            try:
                session.commit()  # want SES202
            except IntegrityError:
                session.rollback()


def savepoint_each(readings):
    with SessionMaker() as session:
        for reading in readings:
            try:
                with session.begin_nested():
                    session.add(Reading(**reading))
            except IntegrityError:
                log.warning("twice: %s", reading)
        session.commit()


def session_each(readings):
    for reading in readings:
        with SessionMaker() as session:
            session.add(Reading(**reading))
            try:
                session.commit()
            except IntegrityError:
                log.warning("twice: %s", reading)


def session_each_by_hand(readings):
    for reading in readings:
        session = Session(engine)
        try:
            session.add(Reading(**reading))
            session.commit()
        except IntegrityError:
            log.warning("twice: %s", reading)
        finally:
            session.close()


def begin_each(readings):
    with SessionMaker() as session:
        for reading in readings:
            try:
                with session.begin():
                    session.add(Reading(**reading))
            except IntegrityError:
                log.warning("twice: %s", reading)


def retry_with_a_rollback(reading):
    with SessionMaker() as session:
        for attempt in range(3):
            session.add(Reading(**reading))
            try:
                session.commit()
                return True
            except OperationalError:
                session.rollback()
                time.sleep(attempt)
        return False


def retry_with_a_session_each(reading):
    for attempt in range(3):
        try:
            with SessionMaker() as session:
                session.add(Reading(**reading))
                session.commit()
                return True
        except OperationalError:
            time.sleep(attempt)
    return False


def stopped_and_closed(readings):
    with SessionMaker() as session:
        for reading in readings:
            session.add(Reading(**reading))
            try:
                session.commit()  # want SES202
            except IntegrityError:
                log.warning("twice: %s", reading)
                break


def stopped_and_rolled_back(readings):
    with SessionMaker() as session:
        for reading in readings:
            session.add(Reading(**reading))
            try:
                session.flush()
            except IntegrityError:
                session.rollback()
                break
        session.commit()
        return session.scalars(select(Station.name)).all()
