"""A begin block in each turn of a loop."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from bakery.db import engine
from bakery.models import Loaf, Oven

Session = sessionmaker(engine)
log = logging.getLogger(__name__)


def over_a_query():
    # The query of the loop itself is what began the transaction.
    with Session() as session:
        for loaf in session.scalars(select(Loaf).where(Loaf.raw)):
            with session.begin():  # want SES203
                loaf.raw = False


def over_loaded_objects():
    with Session() as session:
        loaves = session.scalars(select(Loaf).where(Loaf.raw)).all()
        for loaf in loaves:
            with session.begin():  # want SES203
                loaf.raw = False


def from_the_second_turn_on(loaf_ids):
    with Session() as session:
        for loaf_id in loaf_ids:
            with session.begin():  # want SES203
                loaf = session.get(Loaf, loaf_id)
                loaf.raw = False
            log.info("%s is done", loaf.name)


def read_before_each_block(loaf_ids):
    with Session() as session:
        for loaf_id in loaf_ids:
            if session.get(Loaf, loaf_id) is None:
                continue
            with session.begin():  # want SES203
                session.add(Oven(loaf_id=loaf_id))


def over_ids(loaf_ids):
    with Session() as session:
        for loaf_id in loaf_ids:
            with session.begin():
                session.get(Loaf, loaf_id).raw = False


def ids_read_in_a_block():
    with Session() as session:
        with session.begin():
            loaf_ids = session.scalars(select(Loaf.id).where(Loaf.raw)).all()
        for loaf_id in loaf_ids:
            with session.begin():
                session.get(Loaf, loaf_id).raw = False


def session_per_turn(loaf_ids):
    for loaf_id in loaf_ids:
        with Session() as session:
            with session.begin():
                session.get(Loaf, loaf_id).raw = False
            log.info("%d is done", loaf_id)


def logged_in_the_block(loaf_ids):
    with Session() as session:
        for loaf_id in loaf_ids:
            with session.begin():
                loaf = session.get(Loaf, loaf_id)
                loaf.raw = False
                log.info("%s is done", loaf.name)


def ids_of_another_session():
    with Session() as session:
        loaf_ids = session.scalars(select(Loaf.id).where(Loaf.raw)).all()
    with Session() as session:
        for loaf_id in loaf_ids:
            with session.begin():
                session.get(Loaf, loaf_id).raw = False


def committed_in_each_turn(loaf_ids):
    with Session() as session:
        for loaf_id in loaf_ids:
            known = session.get(Loaf, loaf_id) is not None
            session.rollback()
            if known:
                with session.begin():
                    session.add(Oven(loaf_id=loaf_id))


def savepoints_over_a_query():
    with Session() as session:
        for loaf in session.scalars(select(Loaf).where(Loaf.raw)).all():
            with session.begin_nested():
                loaf.raw = False
        session.commit()


def retried(loaf_id):
    with Session() as session:
        for attempt in range(3):
            try:
                with session.begin():
                    session.get(Loaf, loaf_id).raw = False
                return True
            except OSError:
                log.info("attempt %d", attempt)
        return False
