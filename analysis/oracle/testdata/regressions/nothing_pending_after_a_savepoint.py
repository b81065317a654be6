# What was added in the savepoint is gone with it: there is nothing to flush.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import Rejected

engine = create_engine("sqlite:///shop.db")


def job():
    session = Session(bind=engine)
    try:
        with session.begin_nested():
            session.add(Item(name="r1"))
            raise Rejected("not now")
    finally:
        session.flush()
