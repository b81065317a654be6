# One way closes the session, and the read after it takes another connection.
# library: leak (app)
# library: leak (db)
# library: leak-reopened (app)
# library: leak-reopened (db)
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(done):
    session = Session(engine)
    if done:
        session.close()
    total = session.scalar(select(func.count(Item.id)))
    notify(total)
    session.rollback()
    return total
