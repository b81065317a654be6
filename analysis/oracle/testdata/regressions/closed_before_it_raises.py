# Who closes a session and then raises has closed it.
# library: dropped (app)
# library: leak (app)
# library: leak (db)
# library: lost (sure)
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import Rejected, notify

engine = create_engine("sqlite:///shop.db")


def job(done):
    session = Session(engine)
    if not done:
        return None
    session.execute(insert(Item).values(name="r1"))
    notify(1)
    session.close()
    raise Rejected("not now")
