"""What follows a begin block is a transaction of its own."""

import logging

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from ski.db import engine
from ski.models import Lift, Pass, Slope

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def dedented(slope_id):
    with SessionMaker() as session:
        with session.begin():
            slope = session.get(Slope, slope_id)
            slope.open = False
        session.add(Lift(slope_id=slope_id, state="stopped"))  # want SES206


def attribute_after(slope_id):
    with Session(engine) as session:
        with session.begin():
            slope = session.get(Slope, slope_id)
            slope.open = True
        slope.groomed = True  # want SES206


def statement_after(slope_id):
    session = SessionMaker()
    try:
        with session.begin():
            session.get(Slope, slope_id).open = False
        session.execute(delete(Pass).where(Pass.slope_id == slope_id))  # want SES206
    finally:
        session.close()


def in_the_except_after(slope_id):
    with SessionMaker() as session:
        try:
            with session.begin():
                session.get(Slope, slope_id).close()
        except ValueError as error:
            session.add(Slope(error=str(error)))  # want SES206


def flushed_after(slope_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Lift(slope_id=slope_id))
        sold = Pass(slope_id=slope_id)
        session.add(sold)  # want SES206
        session.flush()
        return sold.id


def savepoint_after(slope_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Lift(slope_id=slope_id))
        with session.begin_nested():
            session.add(Pass(slope_id=slope_id))  # want SES206


def committed_after(slope_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Lift(slope_id=slope_id))
        session.add(Pass(slope_id=slope_id))
        session.commit()


def read_after(slope_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Lift(slope_id=slope_id))
        return session.scalar(select(func.count(Lift.id)))


def logged_after(slope_id):
    with SessionMaker() as session:
        with session.begin():
            slope = session.get(Slope, slope_id)
            slope.open = False
        log.info("%s is closed", slope.name)


def another_block_after(slope_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Slope, slope_id).open = False
        with session.begin():
            session.add(Lift(slope_id=slope_id, state="stopped"))


def returned_from_the_block(slope_id):
    # return commits, as the end of the block does.
    with SessionMaker() as session:
        with session.begin():
            slope = session.get(Slope, slope_id)
            if slope.open:
                slope.open = False
                return True
            return False


def without_autobegin(slope_id):
    with Session(engine, autobegin=False) as session:
        with session.begin():
            session.add(Lift(slope_id=slope_id))


def something_else_is_set(slope_id, report):
    with SessionMaker() as session:
        with session.begin():
            session.get(Slope, slope_id).open = False
        report.done = True
        session.info["reported"] = slope_id
