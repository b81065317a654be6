# What the helper reads after its commit is expired where the session is one that expires.
# library: leak-reopened (db)
# library: leak-reopened (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_step(session):
    items = session.query(Item).filter(Item.kind == "tool").all()
    session.commit()
    print([entry.name for entry in items])


def job():
    with SessionMaker() as session:
        item = session.get(Item, 1)
    h_step(session)
