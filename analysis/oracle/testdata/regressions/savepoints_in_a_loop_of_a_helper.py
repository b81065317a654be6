# Turns of a loop end where their savepoints do.
# library: leak-reopened (db)
# library: leak-reopened (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import Rejected, batch

engine = create_engine("sqlite:///shop.db")


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(engine)
    for word in batch(2):
        session.rollback()
        with session.begin_nested():
            session.rollback()


def h_first(session):
    return session.get(Item, 1)


def job(done):
    with Session(engine) as db:
        if done:
            raise Rejected("not now")
    h_maybe(db)
    item = h_first(db)
