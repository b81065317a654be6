# The rows of the next turns are others than the one that was read.
# library: detached (helped)
# library: leak (db)
# library: leak (sure)
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_finish(session):
    session.close()


def job(kind):
    session = Session(engine)
    for row in session.scalars(select(Item).where(Item.kind == kind)):
        session.commit()
        print(row.name)
        h_finish(session)
