"""Sessions that are handed to a function."""

from typing import Annotated, Optional

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from library.db import engine, get_async_db, get_db
from library.models import Book, Loan

SessionMaker = sessionmaker(engine)
router = APIRouter()
Db = Annotated[Session, Depends(get_db)]


def commits(session: Session, book_id):
    session.add(Loan(book_id=book_id))
    session.commit()  # want SES209


def rolls_back(session: Session, book_id):
    session.add(Loan(book_id=book_id))
    try:
        session.flush()
    except IntegrityError:
        session.rollback()  # want SES209


def closes(session: Session, book_id):
    book = session.get(Book, book_id)
    session.close()  # want SES209
    return book


def reads_in_its_own_block(session: "Session", book_id):
    with session:  # want SES209
        return session.get(Book, book_id)


def the_first_is_told(session: Session, book_id):
    try:
        session.add(Loan(book_id=book_id))
        session.commit()  # want SES209
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


async def commits_async(session: AsyncSession, book_id):
    session.add(Loan(book_id=book_id))
    await session.commit()  # want SES209


@router.post("/loans")
def lend(book_id: int, db: Session = Depends(get_db)):
    db.add(Loan(book_id=book_id))
    db.commit()  # want SES209


@router.post("/books")
def add_book(title: str, db: Db):
    db.add(Book(title=title))
    db.commit()  # want SES209


@router.delete("/books/{book_id}")
async def remove_book(book_id: int, db: AsyncSession = Depends(get_async_db)):
    await db.delete(await db.get(Book, book_id))
    await db.commit()  # want SES209


def commits_whichever(book_id, session: Optional[Session] = None):
    own = session is None
    if own:
        session = SessionMaker()
    try:
        session.add(Loan(book_id=book_id))
        session.commit()  # want SES209
    finally:
        if own:
            session.close()


def commits_its_own(book_id, session: Optional[Session] = None):
    own = session is None
    if own:
        session = SessionMaker()
    try:
        session.add(Loan(book_id=book_id))
        if own:
            session.commit()
        else:
            session.flush()
    finally:
        if own:
            session.close()


def flushes(session: Session, book_id):
    session.add(Loan(book_id=book_id))
    session.flush()


def releases_a_savepoint(session: Session, book_id):
    savepoint = session.begin_nested()
    try:
        session.add(Loan(book_id=book_id))
        session.flush()
    except IntegrityError:
        savepoint.rollback()
    else:
        savepoint.commit()


def in_a_savepoint(session: Session, book_id):
    try:
        with session.begin_nested():
            session.add(Loan(book_id=book_id))
    except IntegrityError:
        return False
    return True


def opens_its_own(book_id):
    with SessionMaker() as session:
        session.add(Loan(book_id=book_id))
        session.commit()


def opens_another(session: Session, book_id):
    with SessionMaker() as other:
        other.add(Loan(book_id=book_id))
        other.commit()
    return session.get(Book, book_id)


def only_reads(session: Session):
    return session.scalars(select(Book)).all()


def hands_on(session: Session, book_id):
    flushes(session, book_id)


def commits_a_repository_of_files(session: Session, repo):
    for book in session.scalars(select(Book)).all():
        repo.add(book.path)
    repo.commit()
