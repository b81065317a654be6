# What a helper does between two rollbacks fails in a caller's savepoint block.
# library: closed-transaction (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import batch

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_maybe(session=None):
    own = session is None
    if own:
        session = SessionMaker()
    for word in batch(3):
        session.add(Item(name="r1"))
        session.rollback()


def job():
    session = Session(engine)
    with session.begin_nested():
        h_maybe(session)
