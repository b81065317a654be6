# What comes behind the call that raises never runs.
# library: leak (broken)
# library: leak (db)
# library: leak (never)
# library: leak (odd)
# library: leak (sure)
# library: lost (sure)
# library: pending-rollback (broken)
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import Rejected, chosen

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(item_id):
    session = SessionMaker()
    item = session.get(Item, item_id)
    if item is None:
        raise Rejected("no such item")
    try:
        item.note = "r1"
        session.flush()
    except IntegrityError:
        with session.begin_nested():
            print("failed")
        with session.begin():
            thing = session.get(Item, chosen(3))
