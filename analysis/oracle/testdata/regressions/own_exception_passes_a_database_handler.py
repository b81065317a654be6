# What the project raises is not caught by a handler of SQLAlchemy's errors.
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import Rejected, batch

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    db = SessionMaker()
    with db.begin():
        for word in batch(2):
            try:
                total = db.scalar(select(func.count(Item.id)))
                raise Rejected("not now")
            except IntegrityError:
                db.rollback()
