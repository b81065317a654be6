# The row that the helper names is another than the one that was chosen.
# library: closed-transaction (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import chosen

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine, expire_on_commit=False)


def h_first(session):
    return session.get(Item, 1)


def job():
    with SessionMaker.begin() as session:
        thing = session.get(Item, chosen(3))
        session.commit()
        thing = h_first(session)
