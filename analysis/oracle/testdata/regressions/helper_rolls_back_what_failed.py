# A helper rolls back what failed, and only then reads.
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(bind=engine)
    try:
        session.commit()
    except SQLAlchemyError:
        session.rollback()
        item = session.get(Item, 1)


def job():
    with Session(engine) as session:
        items = session.scalars(select(Item)).all()
    h_maybe(session)
    with session.begin():
        item = session.get(Item, 1)
