# A flush of an expired object that was changed loads all of it.
# library: lost (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        with session.begin():
            item = session.get(Item, 1)
        with session.begin_nested():
            item.note = "r1"
    return item.name
