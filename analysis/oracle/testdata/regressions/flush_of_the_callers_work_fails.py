# The helper swallows that the flush of what its caller added fails.
# library: pending-rollback (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_flush(session=None):
    try:
        session.flush()
    except Exception:
        pass


def job():
    with SessionMaker() as session:
        session.add(Item(name="r1"))
        h_flush(session)
        session.commit()
