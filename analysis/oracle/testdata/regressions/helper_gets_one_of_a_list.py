# A helper that gets one of a list that is there does not fail.
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_first(session):
    return session.get(Item, 1)


def job():
    with SessionMaker.begin() as session:
        items = session.scalars(select(Item)).all()
        try:
            item = h_first(session)
        except SQLAlchemyError:
            session.rollback()
        item = Item(name="r1")
        session.add(item)
