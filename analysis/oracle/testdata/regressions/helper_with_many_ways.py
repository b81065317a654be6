# A helper with more ways than are kept apart is still followed on those that are.
# library: closed-transaction (db)
# library: closed-transaction (sure)
# library: leak (broken)
# library: leak (db)
# library: leak (odd)
# library: lost-handled (broken)
# library: lost-handled (db)
# library: misuse (db)
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session, sessionmaker
from shop.models import Item
from shop.rules import more

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def h_maybe(session=None):
    own = session is None
    if own:
        session = SessionMaker()
    while more(2):
        try:
            session.execute(update(Item).where(Item.id == 1).values(note="r1"))
            session.commit()
        except Exception:
            pass
        session.flush()


def job():
    session = Session(bind=engine)
    with session.begin():
        h_maybe(session)
