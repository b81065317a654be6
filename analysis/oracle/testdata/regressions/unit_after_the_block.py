# A whole unit on the closed session is none of the defects.
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with Session(engine) as session:
        session.commit()
    with session.begin():
        session.add(Item(name="r1"))
    session.close()
