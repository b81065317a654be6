# One flush updates two rows at once; that it fails is handled within the begin block.
# library: lost-handled (db)
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as session, session.begin():
        item = session.get(Item, 1)
        thing = session.get(Item, 2)
        try:
            item.note = "r1"
            thing.note = "r2"
            session.flush()
        except IntegrityError:
            pass
