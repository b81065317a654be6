# A new object is none that a get() finds.
# library: dropped (db)
# library: leak (db)
# library: leak (sure)
# library: lost (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(item_id):
    session = SessionMaker()
    item = Item(name="r1")
    session.add(item)
    thing = session.get(Item, item_id)
