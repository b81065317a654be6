# Whoever reads all rows of one list loads those of the other.
from sqlalchemy import create_engine, select
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        items = session.scalars(select(Item)).all()
        found = session.scalars(select(Item)).all()
        session.commit()
        print([entry.name for entry in found])
    print([entry.name for entry in items])
