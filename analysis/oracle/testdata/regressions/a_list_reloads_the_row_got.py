# Whoever goes over a list may load again what a constant names.
# library: leak (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    session = SessionMaker()
    with session.begin():
        items = session.query(Item).filter(Item.kind == "tool").all()
        thing = session.get(Item, 2)
    print([entry.name for entry in items])
    with session:
        notify(1)
    return thing.name
