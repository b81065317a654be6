# A get() in a helper flushes nothing if the session has the object.
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_first(session):
    return session.get(Item, 1)


def job(words):
    with SessionMaker.begin() as session:
        try:
            for word in words:
                item = h_first(session)
                session.add(Item(name="r2"))
        except SQLAlchemyError:
            pass
