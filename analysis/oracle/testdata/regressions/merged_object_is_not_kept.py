# Nothing keeps a merged object once it was flushed.
# library: closed-transaction (sure)
# library: dropped (odd)
# library: leak (db)
# library: leak (odd)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    session = Session(engine, expire_on_commit=False)
    session.merge(Item(id=2, note="r1"))
    with session.begin_nested():
        session.commit()
        thing = session.get(Item, 2)
