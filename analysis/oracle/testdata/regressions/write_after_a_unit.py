# The object is changed after the block that would have committed it.
# library: lost-reopened (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from shop.models import Item
from shop.rules import chosen

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as session:
        items = session.query(Item).filter(Item.kind == "tool").all()
    with session.begin():
        thing = session.get(Item, chosen(2))
        if thing is None:
            return None
    thing.note = "r2"
