# The generator has closed the session: the rest hangs on that.
# library: closed-inside (sure)
# library: lost-closed (sure)
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")


def get_db():
    session = Session(engine)
    yield session


def job():
    session = next(get_db())
    with session.begin():
        session.execute(insert(Item).values(name="r1"))
        session.close()
