# Only what a caller had added can fail in that commit.
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_maybe(session=None):
    own = session is None
    if own:
        session = SessionMaker()
    try:
        session.commit()
    finally:
        with session.begin():
            items = session.query(Item).filter(Item.kind == "tool").all()


def job():
    h_maybe()
