"""Sessions that are left open when nothing is going on in them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from kiosk.db import engine
from kiosk.models import Sale

SessionMaker = sessionmaker(engine)


def committed(paper_id):
    session = SessionMaker()  # want SES113
    session.add(Sale(paper_id=paper_id))
    session.commit()


def rolled_back():
    session = SessionMaker()  # want SES113
    try:
        return session.scalar(select(func.count(Sale.id)))
    finally:
        session.rollback()


def in_a_transaction(paper_id):
    session = Session(engine)  # want SES113
    with session.begin():
        session.add(Sale(paper_id=paper_id))


def in_each_turn(ids):
    for paper_id in ids:
        session = SessionMaker()  # want SES113
        session.add(Sale(paper_id=paper_id))
        session.commit()


def in_a_block(paper_id):
    with SessionMaker() as session:
        session.add(Sale(paper_id=paper_id))
        session.commit()


def transaction_in_a_block(paper_id):
    with Session(engine) as session, session.begin():
        session.add(Sale(paper_id=paper_id))


def given(session, paper_id):
    session.add(Sale(paper_id=paper_id))
    session.commit()


def read_after_it(paper_id):
    session = SessionMaker()  # want SES102
    session.add(Sale(paper_id=paper_id))
    session.commit()
    return session.scalar(select(func.count(Sale.id)))


def never_used():
    return SessionMaker() is not None
