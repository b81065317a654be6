"""Statements that slipped out of the with block of their session."""

import logging
from contextlib import closing

from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from library.models import Book, Copy, Loan, Member

logger = logging.getLogger(__name__)
engine = create_engine("postgresql+psycopg://localhost/library")
SessionMaker = sessionmaker(engine)


def find_member(card_number):
    with SessionMaker() as session:
        query = select(Member).where(Member.card == card_number)
    return session.execute(query).scalar_one_or_none()  # want SES101


def count_loans(member_id):
    with SessionMaker() as session:
        member = session.get(Member, member_id)
        since = member.joined
    overdue = session.scalar(select(func.count(Loan.id)).where(Loan.due > since))  # want SES101
    return {"member": member_id, "overdue": overdue}


def report_damaged(copy_id):
    with Session(engine) as session:
        copy = session.get(Copy, copy_id)
        copy.damaged = True
        session.commit()
    logger.info("damaged copies: %d", session.query(Copy).filter_by(damaged=True).count())  # want SES101


def shelf_list(room):
    with Session(engine) as session:
        session.execute(text("SET LOCAL statement_timeout = 5000"))
    books = []
    for book in session.scalars(select(Book).where(Book.room == room)):  # want SES101
        books.append(book.title)
    return books


def is_lent(copy_id):
    with SessionMaker() as session:
        copy = session.get(Copy, copy_id)
    if session.scalar(select(Loan.id).where(Loan.copy_id == copy_id)):  # want SES101
        return True
    return copy.reserved


def titles(ids):
    with SessionMaker() as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return [b.title for b in session.scalars(select(Book).where(Book.id.in_(ids)))]  # want SES101


def newest_book():
    with closing(SessionMaker()) as session:
        newest = session.scalar(select(func.max(Book.id)))
    return session.get(Book, newest)  # want SES101


def describe(book_id):
    with (
        SessionMaker() as session,
        open(f"covers/{book_id}.txt", encoding="utf-8") as cover,
    ):
        blurb = cover.read()
    return f"{session.get(Book, book_id).title}: {blurb}"  # want SES101


def totals():
    # The first use after the block is the one to mend; the others come of it.
    with SessionMaker() as session:
        books = session.scalar(select(func.count(Book.id)))
    members = session.scalar(select(func.count(Member.id)))  # want SES101
    loans = session.scalar(select(func.count(Loan.id)))
    return books, members, loans


def vacuum():
    with SessionMaker() as session:
        session.execute(text("DELETE FROM loans WHERE returned IS NOT NULL"))
        session.commit()
    session.connection().execute(text("VACUUM loans"))  # want SES101


def export(path):
    with SessionMaker() as session:
        with open(path, "w", encoding="utf-8") as out:
            out.write(str(session.scalar(select(func.count(Book.id)))))
        with open(path + ".sum", "w", encoding="utf-8") as out:
            out.write(str(session.scalar(select(func.sum(Copy.price)))))
    with open(path + ".max", "w", encoding="utf-8") as out:
        out.write(str(session.scalar(select(func.max(Copy.price)))))  # want SES101


def both_parts(first, second):
    with SessionMaker() as session:
        old = session.get(Book, first)
    new = (
        session.query(Book)  # want SES101
        .filter(Book.id == second)
        .one()
    )
    return old.title, new.title


def within_the_block(card_number):
    with SessionMaker() as session:
        query = select(Member).where(Member.card == card_number)
        return session.execute(query).scalar_one_or_none()


def rows_read_inside(room):
    with SessionMaker() as session:
        books = session.scalars(select(Book).where(Book.room == room)).all()
    return [b.title for b in books]


def only_a_count():
    with SessionMaker() as session:
        n = session.scalar(select(func.count(Book.id)))
    logger.info("%d books", n)
    return n
