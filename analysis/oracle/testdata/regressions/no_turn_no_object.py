# A loop over nothing has loaded nothing that get() could find.
# library: leak (db)
# library: leak (sure)
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(kind):
    session = SessionMaker()
    for row in session.scalars(select(Item).where(Item.kind == kind)):
        total = session.scalar(select(func.count(Item.id)))
    session.commit()
    item = session.get(Item, 1)
