# A loop of a helper whose turns may fail in three ways is still followed.
# library: dropped (app)
# library: dropped (broken)
# library: dropped (odd)
# library: leak-reopened (app)
# library: leak-reopened (broken)
# library: leak-reopened (db)
# library: leak-reopened (odd)
# library: leak-reopened (sure)
# library: lost (db)
# library: lost (sure)
# library: lost-reopened (db)
# library: lost-reopened (sure)
from contextlib import ExitStack
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import more

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(bind=engine)
    try:
        while more(2):
            try:
                session.query(Item).filter(Item.id == 2).update({"note": "r1"})
                session.flush()
            except SQLAlchemyError:
                continue
    finally:
        if own:
            session.close()


def job():
    with ExitStack() as stack:
        session = SessionMaker()
        stack.callback(session.close)
    h_maybe(session)
