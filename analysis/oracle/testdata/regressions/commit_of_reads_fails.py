# The COMMIT of what was only read can fail, too, and its handler is entered.
# library: pending-rollback (db)
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job(item_id):
    with Session(engine) as session:
        item = session.get(Item, item_id)
        try:
            session.commit()
        except Exception:
            session.rollback()
            try:
                session.add(Item(name="r1"))
                session.commit()
            except IntegrityError:
                pass
        session.commit()
