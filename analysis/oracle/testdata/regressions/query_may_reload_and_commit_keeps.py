# A commit that expires nothing keeps what a query may have loaded again.
# library: detached (helped)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import Rejected

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine, expire_on_commit=False)


def job(item_id):
    with SessionMaker() as db:
        item = db.get(Item, item_id)
        if item is None:
            raise Rejected("no such item")
        db.rollback()
        items = db.query(Item).filter(Item.kind == "tool").all()
        db.commit()
    print(item.note)
