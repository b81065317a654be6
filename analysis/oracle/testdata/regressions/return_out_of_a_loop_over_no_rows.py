# The list may be empty: then the loop returns nothing.
# library: begin-twice (sure)
from contextlib import closing
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with closing(SessionMaker()) as session:
        items = session.query(Item).filter(Item.kind == "tool").all()
        for row in items:
            return True
        session.begin()
