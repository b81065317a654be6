# Whether a helper's get() asks the database depends on the row.
# library: begin-twice (helped)
# library: leak (broken)
# library: leak (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine, expire_on_commit=False)


def h_strict(session):
    item = session.get(Item, 1)


def job():
    session = SessionMaker()
    with session.begin():
        thing = session.get(Item, 2)
    h_strict(session)
    with session.begin():
        thing = session.get(Item, 2)
