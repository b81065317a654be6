# What get() loads by another key does not load the expired object again.
# library: detached (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as session:
        item = session.get(Item, 1)
        session.commit()
        thing = session.get(Item, 2)
    print(item.name)
