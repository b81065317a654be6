# What fails within the savepoint is undone with it; the rest of the block commits.
# library: dropped (odd)
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import batch

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker.begin() as session:
        for word in batch(1):
            try:
                with session.begin_nested():
                    session.add(Item(name=word))
            except SQLAlchemyError:
                print("skipped")
