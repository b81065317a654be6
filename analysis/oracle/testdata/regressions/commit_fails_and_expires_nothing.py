# A COMMIT that fails expires nothing: the name is read without asking the database.
from sqlalchemy import create_engine, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import batch, chosen

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    for word in batch(3):
        with SessionMaker() as session:
            item = session.get(Item, chosen(2))
            if item is None:
                break
            try:
                session.execute(insert(Item).values(name="r1"))
                session.commit()
            except SQLAlchemyError:
                try:
                    print(item.name)
                except Exception:
                    session.execute(insert(Item).values(name="r2"))
