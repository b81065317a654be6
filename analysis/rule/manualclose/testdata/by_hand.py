"""Sessions that are closed, but not by a with block."""

from contextlib import ExitStack, closing

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from kiosk.db import engine
from kiosk.models import Paper, Sale

SessionMaker = sessionmaker(engine)


def in_finally(paper_id):
    session = SessionMaker()  # want SES113
    try:
        return session.get(Paper, paper_id)
    finally:
        session.close()


def in_finally_if_it_is_there(paper_id):
    session = None
    try:
        session = Session(engine)  # want SES113
        return session.get(Paper, paper_id)
    finally:
        if session is not None:
            session.close()


def in_both_clauses(paper_id):
    session = SessionMaker()  # want SES113
    try:
        paper = session.get(Paper, paper_id)
    except Exception:
        session.close()
        raise
    else:
        session.close()
    return paper


def with_everything(paper_id):
    session = SessionMaker()  # want SES113
    try:
        session.add(Sale(paper_id=paper_id))
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def in_each_turn(ids):
    for paper_id in ids:
        session = SessionMaker()  # want SES113
        try:
            session.add(Sale(paper_id=paper_id))
            session.commit()
        finally:
            session.close()


def in_a_block(paper_id):
    with SessionMaker() as session:
        return session.get(Paper, paper_id)


def begun(paper_id):
    with SessionMaker.begin() as session:
        session.add(Sale(paper_id=paper_id))


def named_before_the_block(paper_id):
    session = SessionMaker()
    with session:
        return session.get(Paper, paper_id)


def closed_in_its_block(paper_id):
    with SessionMaker() as session:
        paper = session.get(Paper, paper_id)
        session.close()
    return paper


def by_closing(paper_id):
    with closing(SessionMaker()) as session:
        return session.get(Paper, paper_id)


def on_a_stack(paper_id):
    with ExitStack() as stack:
        session = stack.enter_context(SessionMaker())
        return session.get(Paper, paper_id)


def given(session: Session, paper_id):
    try:
        return session.get(Paper, paper_id)
    finally:
        session.close()


def returned(paper_id):
    session = SessionMaker()
    session.get(Paper, paper_id)
    return session


def yielded():
    session = SessionMaker()
    try:
        yield session
    finally:
        session.close()


def leaks_instead(paper_id):
    session = SessionMaker()  # want SES102
    paper = session.get(Paper, paper_id)
    if paper is None:
        return None
    session.close()
    return paper


def leaks_if_something_raises(paper_id):
    session = SessionMaker()  # want SES102 warning
    count = len(session.scalars(select(Sale.id).where(Sale.paper_id == paper_id)).all())
    session.close()
    return count


class Kiosk:
    def __init__(self):
        self.session = SessionMaker()

    def close(self):
        self.session.close()
