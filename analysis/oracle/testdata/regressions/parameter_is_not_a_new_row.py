# A key that a function is given is not that of an object which it makes.
# library: leak (db)
# library: leak (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job(item_id):
    session = Session(engine, expire_on_commit=False)
    with session.begin():
        item = Item(name="r4")
        session.add(item)
    thing = session.get(Item, item_id)
