# What a helper begins has nothing of its caller's.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(engine)
    with session.begin():
        try:
            session.commit()
        except Exception:
            pass


def job():
    with Session(engine) as db, db.begin():
        items = db.query(Item).filter(Item.kind == "tool").all()
    h_maybe(db)
