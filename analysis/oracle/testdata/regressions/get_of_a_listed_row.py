# A get() finds what a list holds without asking the database, and then flushes nothing.
# library: dropped (db)
# library: lost-handled (db)
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(item_id):
    with SessionMaker.begin() as session:
        items = session.scalars(select(Item)).all()
        session.add_all([Item(name="r1"), Item(name="more")])
        item = session.get(Item, item_id)
        try:
            session.flush()
        except SQLAlchemyError:
            pass
