# A commit within a savepoint that fails leaves no transaction that begin() would refuse.
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        try:
            with session.begin_nested():
                session.commit()
        finally:
            with session.begin():
                session.add(Item(name="r2"))
