# The list may be empty: then nothing is committed before the block.
# library: begin-twice (sure)
from sqlalchemy import create_engine, select
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        items = session.scalars(select(Item)).all()
        for row in items:
            session.commit()
        with session.begin():
            print([entry.name for entry in items])
