# A rollback without a transaction expires nothing.
# library: leak (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    session = Session(engine, expire_on_commit=False)
    item = session.get(Item, 1)
    session.commit()
    session.rollback()
    session.close()
    print(item.name)
