# refresh() forgets what is unflushed of its object, so there may be nothing to flush.
# library: lost-refreshed (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    session = Session(engine)
    with session.begin():
        item = session.get(Item, 1)
        item.note = "r1"
        try:
            session.refresh(item)
        except Exception:
            pass
