# What a savepoint undid is not lost by the commit that fails after it.
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_load(session):
    return session.scalars(select(Item)).all()


def h_maybe(session=None):
    session = Session(bind=engine)


def job():
    session = Session(engine)
    with session.begin():
        try:
            with session.begin_nested():
                session.merge(Item(id=2, note="r1"))
        except SQLAlchemyError:
            try:
                items = h_load(session)
                session.commit()
            except SQLAlchemyError:
                h_maybe(session)
