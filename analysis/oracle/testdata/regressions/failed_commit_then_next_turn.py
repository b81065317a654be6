# The rollback makes the session usable again.
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import notify

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job(words):
    with Session(engine) as session:
        for word in words:
            try:
                session.add(Item(name="r1"))
                session.commit()
            except Exception:
                session.rollback()
