# The helper goes on after it has ended the transaction of its caller.
# library: closed-transaction (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_step(session):
    session.commit()
    thing = session.get(Item, 2)


def job():
    session = Session(engine)
    with session.begin():
        h_step(session)
