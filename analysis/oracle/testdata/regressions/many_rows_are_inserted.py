# One flush inserts two rows at once; that it fails is handled within the begin block.
# library: lost-handled (db)
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as session, session.begin():
        session.add(Item(name="r1"))
        try:
            session.add(Item(name="r2"))
            session.flush()
        except IntegrityError:
            pass
