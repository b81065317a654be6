# A helper's loop flushes in its second turn what it added in the first.
# library: leak (db)
# library: leak (sure)
# library: lost (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import batch

engine = create_engine("sqlite:///shop.db")


def h_step(session):
    for word in batch(2):
        session.flush()
        session.add(Item(name="r1"))


def job():
    session = Session(engine)
    h_step(session)
