# A helper that adds and rolls back, called twice in a block, fails the second time.
# library: closed-transaction (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_maybe(session=None):
    own = session is None
    if own:
        session = SessionMaker()
    session.add_all([Item(name="r1"), Item(name="more")])
    session.rollback()


def job():
    with SessionMaker.begin() as db:
        h_maybe(db)
        h_maybe(db)
