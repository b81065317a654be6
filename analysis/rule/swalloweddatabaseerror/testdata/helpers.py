"""What fails, and what rolls back, stands in a function of the same file."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from vineyard.db import engine
from vineyard.models import Grape, Plot

SessionMaker = sessionmaker(engine)


def store(session: Session, name):
    grape = Grape(name=name)
    session.add(grape)
    session.flush()
    return grape


def save(session: Session):
    session.commit()


def undo(session: Session, error):
    print("undone:", error)
    session.rollback()


def known(session: Session, name):
    return session.scalars(select(Grape).where(Grape.name == name)).first()


def flushed_in_a_helper(name):
    with SessionMaker() as session:
        try:
            grape = store(session, name)
        except IntegrityError:  # want SES207
            grape = known(session, name)
        session.add(Plot(grape_id=grape.id))
        session.commit()


def committed_in_a_helper(name):
    with SessionMaker() as session:
        session.add(Grape(name=name))
        try:
            save(session)
        except IntegrityError:  # want SES207
            print(name, "is known")
        return session.scalar(select(Plot.id).join(Grape).where(Grape.name == name))


def undone_in_a_helper(name):
    with SessionMaker() as session:
        try:
            grape = store(session, name)
        except IntegrityError as error:
            undo(session, error)
            grape = known(session, name)
        session.add(Plot(grape_id=grape.id))
        session.commit()


def read_in_a_helper(name):
    with SessionMaker() as session:
        try:
            grape = known(session, name)
        except IntegrityError:
            grape = None
        session.add(Plot(grape=grape))
        session.commit()


def savepoint_around_the_helper(name):
    with SessionMaker() as session:
        try:
            with session.begin_nested():
                grape = store(session, name)
        except IntegrityError:
            grape = known(session, name)
        session.add(Plot(grape_id=grape.id))
        session.commit()
