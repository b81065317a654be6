# What a call gives is no key of a new object, which stays expired.
# library: detached (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import charge, chosen

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as session:
        with session.begin():
            item = Item(name="r1")
            session.add(item)
        thing = session.get(Item, chosen(2))
    charge(item.name)
