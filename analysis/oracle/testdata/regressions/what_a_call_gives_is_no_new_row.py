# What a call gives is not the key of a new object.
# library: leak (db)
# library: leak (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import chosen

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine, expire_on_commit=False)


def job():
    session = SessionMaker()
    item = Item(name="r1")
    session.add(item)
    session.commit()
    thing = session.get(Item, chosen(1))
