# A handler in a savepoint that raises again leaves it to the savepoint to undo.
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from shop.models import Item

engine = create_engine("sqlite:///shop.db")
SessionMaker = sessionmaker(engine)


def job():
    with SessionMaker() as db, db.begin():
        try:
            with db.begin_nested():
                try:
                    db.merge(Item(id=2, note="r1"))
                    db.flush()
                except Exception:
                    raise
        except Exception:
            pass
