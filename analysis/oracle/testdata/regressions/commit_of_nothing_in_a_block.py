# What a begin block can still do after a COMMIT of nothing failed in it is not for the engine to guess.
from sqlalchemy import create_engine, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(engine) as session:
        item = session.get(Item, 1)
    with session.begin():
        try:
            session.commit()
        except Exception:
            try:
                session.execute(update(Item).where(Item.id == 1).values(note="r2"))
                session.commit()
            except SQLAlchemyError:
                pass
