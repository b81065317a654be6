# A loop whose turns differ makes no end of ways.
# library: begin-twice (sure)
# library: leak (broken)
# library: leak (db)
# library: leak (never)
# library: leak (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import allowed, chosen, more

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_step(session):
    while more(3):
        with session.begin():
            if allowed(2):
                item = session.get(Item, chosen(1))
                if item is None:
                    return None


def job():
    session = SessionMaker()
    items = session.query(Item).filter(Item.kind == "tool").all()
    h_step(session)
