# Whoever reads each row of one list may load those of another.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as db:
        items = db.query(Item).filter(Item.kind == "tool").all()
        found = db.query(Item).filter(Item.kind == "tool").all()
        db.rollback()
        print([entry.name for entry in found])
    print([entry.name for entry in items])
