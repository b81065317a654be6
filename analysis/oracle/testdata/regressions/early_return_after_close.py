# One way closes the session, and the read after it takes another connection.
# library: leak (db)
# library: leak-reopened (db)
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(done):
    session = Session(engine)
    if done:
        session.close()
    total = session.scalar(select(func.count(Item.id)))
    session.rollback()
    return total
