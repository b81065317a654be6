# A list has rows that no get() of the program names.
# library: detached (helped)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def job():
    with Session(bind=engine) as session:
        with session.begin():
            items = session.query(Item).filter(Item.kind == "tool").all()
        item = session.get(Item, 1)
        thing = session.get(Item, 2)
    print([entry.name for entry in items])
