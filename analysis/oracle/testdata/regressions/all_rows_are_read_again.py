# A list of all rows has the one that get() gave: reading each of them loads it again.
from sqlalchemy import create_engine, select
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(item_id):
    with SessionMaker() as session:
        items = session.scalars(select(Item)).all()
        item = session.get(Item, item_id)
        if item is None:
            return None
        session.commit()
        print([entry.name for entry in items])
    return item.name
