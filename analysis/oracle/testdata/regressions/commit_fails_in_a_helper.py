# The helper lost what it added itself; there is nothing that the caller has to commit.
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_try(session):
    try:
        session.add(Item(name="r1"))
        session.commit()
    except SQLAlchemyError:
        pass


def job():
    with SessionMaker() as session:
        h_try(session)
