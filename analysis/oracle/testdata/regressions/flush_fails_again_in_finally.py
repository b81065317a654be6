# A failed session fails again in a finally, and the outer handler swallows it.
# library: leak (broken)
# library: leak (db)
# library: pending-rollback (db)
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def open_session():
    return SessionMaker()


def job():
    session = open_session()
    session.add(Item(name="r2"))
    try:
        try:
            total = session.scalar(select(func.count(Item.id)))
        except Exception:
            raise
        finally:
            session.flush()
    except Exception:
        pass
    session.commit()
