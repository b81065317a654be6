# A get() by a constant loads no new object again.
# library: detached (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        item = Item(name="r1")
        session.add(item)
        session.commit()
        thing = session.get(Item, 2)
    notify(item.name)
