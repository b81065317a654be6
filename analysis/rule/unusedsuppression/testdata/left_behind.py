"""Comments that were left behind when the code was mended, or that never fitted."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from library.db import engine
from library.mail import remind
from library.models import Loan, Reader

SessionMaker = sessionmaker(engine)


def overdue_titles(day):
    with SessionMaker() as session:
        loans = session.scalars(select(Loan).where(Loan.due < day)).all()
        return [loan.title for loan in loans]  # sessionlint: ignore  # want SES901


def overdue_again(day):
    with SessionMaker() as session:
        query = select(Loan.title).where(Loan.due < day)
        # sessionlint: ignore[use-after-close] the list is short  # want SES901
        return session.scalars(query).all()


def extend(loan_id, days):
    with SessionMaker() as session:
        loan = session.get(Loan, loan_id)
        loan.extend(days)
        session.commit()
        remind(loan.reader_id)
        session.add(loan.note())
        session.commit()  # sessionlint: ignore[multiple-commits, SES101]  # want SES901


class Readers:
    # sessionlint: ignore[SES101]  # want SES901
    def names(self):
        with SessionMaker() as session:
            return session.scalars(select(Reader.name)).all()

    def count(self):
        with SessionMaker() as session:
            session.scalars(select(Reader.name)).all()
        # The mail server asks once a day.
        # sessionlint: ignore[SES101]
        return len(session.scalars(select(Reader.id)).all())


def blocked(reader_id):
    with SessionMaker() as session:  # sessionlint: ignore=SES101  # want SES901
        return session.get(Reader, reader_id).blocked


def noqa_is_read_by_others_too(reader_id):
    with SessionMaker() as session:
        return session.get(Reader, reader_id).blocked  # noqa: SES101, E501
