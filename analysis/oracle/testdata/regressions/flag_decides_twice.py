# The flag that made the session closes it: no way leaves it open.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(engine)
    try:
        item = session.get(Item, 1)
        notify(item.name)
    finally:
        if own:
            session.close()


def job():
    with Session(engine) as session:
        h_maybe(session)
    h_maybe()
