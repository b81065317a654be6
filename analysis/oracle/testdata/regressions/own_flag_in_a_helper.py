# The helper rolls back the session that it is given.
# library: leak (db)
from sqlalchemy import create_engine, delete
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_maybe(session=None):
    own = session is None
    if own:
        session = Session(bind=engine)
    session.rollback()


def job():
    session = SessionMaker()
    session.execute(delete(Item).where(Item.id == 3))
    h_maybe(session)
    session.close()
