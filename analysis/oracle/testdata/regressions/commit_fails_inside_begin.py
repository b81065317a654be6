# A commit that fails at the database is handled, and the block then ends without a word.
# library: lost-handled (db)
from sqlalchemy import create_engine, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as session:
        with session.begin():
            try:
                session.execute(update(Item).where(Item.id == 1).values(note="r1"))
                session.commit()
            except IntegrityError:
                pass
