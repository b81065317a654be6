# The read of the detached object always raises; what comes after it never runs.
# library: detached (sure)
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(item_id):
    with SessionMaker.begin() as session:
        thing = session.get(Item, item_id)
        if thing is None:
            return
    print(thing.name)
    thing = session.get(Item, 1)
