# A commit in a savepoint is that of the whole transaction.
# library: lost-handled (db)
# library: lost-handled (odd)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    db = Session(engine)
    with db.begin():
        try:
            db.add(Item(name="r1"))
            with db.begin_nested():
                db.commit()
        except Exception:
            pass
