# The helper reads before it rolls back: in a failed transaction that raises.
# library: dropped (db)
# library: pending-rollback (db)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_step(session):
    item = session.get(Item, 1)
    session.rollback()


def job():
    with Session(engine) as session:
        try:
            session.add_all([Item(name="r1"), Item(name="more")])
            session.flush()
        except Exception:
            pass
        h_step(session)
