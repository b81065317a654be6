# What a caller has pending is sent when a helper's savepoint begins, and does not fail later.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def h_step(session):
    try:
        with session.begin_nested():
            session.commit()
    finally:
        with session.begin():
            session.query(Item).filter(Item.id == 2).update({"note": "r2"})


def job():
    with Session(bind=engine) as session:
        h_step(session)
