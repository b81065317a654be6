# A helper that gets what the session has does not fail.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_first(session):
    return session.get(Item, 1)


def job():
    session = Session(engine, expire_on_commit=False)
    with session.begin():
        item = h_first(session)
        try:
            thing = h_first(session)
        except Exception:
            session.close()
        item = session.get(Item, 1)
