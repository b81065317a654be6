# A query in a helper flushes what its caller has changed, and that can fail.
# library: pending-rollback (odd)
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_first(session):
    return session.get(Item, 1)


def job(item_id):
    with Session(engine) as db:
        item = db.get(Item, item_id)
        if item is None:
            return
        item.note = "r1"
        try:
            thing = h_first(db)
            items = db.scalars(select(Item)).all()
        except Exception:
            pass
        db.commit()
