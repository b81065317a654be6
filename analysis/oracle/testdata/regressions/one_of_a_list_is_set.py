# What is set of one object is not set of all of a list.
# library: detached (helped)
from sqlalchemy import create_engine, select
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine, expire_on_commit=False)


def job():
    with SessionMaker() as session:
        item = session.get(Item, 1)
        items = session.scalars(select(Item)).all()
        session.rollback()
        item.note = "r3"
        session.commit()
    print([entry.name for entry in items])
