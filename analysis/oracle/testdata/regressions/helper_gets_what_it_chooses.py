# What the helper chooses is not in the list.
# library: closed-transaction (sure)
# library: leak (db)
# library: leak (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import chosen

engine = create_engine("sqlite:///shop.db")


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(engine, expire_on_commit=False)
    session.commit()
    item = session.get(Item, chosen(2))


def job():
    with Session(engine, expire_on_commit=False) as session, session.begin():
        items = session.query(Item).filter(Item.kind == "tool").all()
        h_maybe(session)
