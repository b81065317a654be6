# What a function is given is not the key of an object that it makes in a block.
# library: closed-transaction (sure)
# library: leak (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job(item_id):
    db = Session(engine, expire_on_commit=False)
    with db.begin_nested():
        item = Item(name="r1")
        db.add(item)
        db.commit()
        thing = db.get(Item, item_id)
