# The loop does not read its rows: they are expired still.
# library: closed-transaction (sure)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine, expire_on_commit=False) as session:
        with session.begin():
            items = session.query(Item).filter(Item.kind == "tool").all()
            session.rollback()
            for row in items:
                print([entry.name for entry in items])
