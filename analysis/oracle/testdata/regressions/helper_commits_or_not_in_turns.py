# A helper's turns commit or roll back, in a caller's block.
# library: closed-transaction (db)
# library: closed-transaction (sure)
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import sessionmaker
from shop.models import Item
from shop.rules import batch

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_step(session):
    for word in batch(2):
        try:
            session.execute(insert(Item).values(name="r1"))
            session.commit()
        except Exception:
            session.rollback()


def job():
    session = SessionMaker()
    with session.begin():
        h_step(session)
