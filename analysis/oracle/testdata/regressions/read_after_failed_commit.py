# What comes after a failed commit is not lost by it, and reading is no write.
# library: pending-rollback (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        item = session.get(Item, 1)
        try:
            session.add(Item(name="r1"))
            session.commit()
        except Exception:
            pass
        notify(item.name)
