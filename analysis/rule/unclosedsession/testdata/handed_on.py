"""Sessions that someone else closes, and helpers that do not."""

import atexit
import contextlib
from contextlib import ExitStack, closing

from sqlalchemy import exc, select
from sqlalchemy.orm import Session, sessionmaker

from library.db import engine
from library.models import Book, Loan, Reader

SessionLocal = sessionmaker(engine)


def new_session():
    return SessionLocal()


def loans_of(session: Session, reader_id):
    return session.scalars(select(Loan).where(Loan.reader_id == reader_id)).all()


def finish(session):
    session.close()


def finish_through_another(session):
    finish(session)


def commit(session):
    session.commit()


def same(session):
    return session


def used_by_a_helper(reader_id):
    session = SessionLocal()  # want SES102
    return loans_of(session, reader_id)


def made_by_a_helper(reader_id):
    session = new_session()  # want SES102
    return session.get(Reader, reader_id)


def through_a_second_name(reader_id):
    session = SessionLocal()  # want SES102
    again = same(session)
    return again.get(Reader, reader_id)


def closed_by_a_helper_on_one_way(reader_id):
    session = SessionLocal()  # want SES102
    reader = session.get(Reader, reader_id)
    if reader is None:
        return []
    loans = loans_of(session, reader_id)
    finish(session)
    return loans


def stack_that_nobody_closes(reader_id):
    stack = ExitStack()
    session = stack.enter_context(SessionLocal())  # want SES102
    return session.get(Reader, reader_id)


def nullcontext_closes_nothing(reader_id):
    with contextlib.nullcontext(SessionLocal()) as session:  # want SES102
        return session.get(Reader, reader_id)


def entered_by_hand(reader_id):
    session = SessionLocal()  # want SES102
    session.__enter__()
    return session.get(Reader, reader_id)


def autoflush_off_is_no_close(reader_id):
    session = SessionLocal()  # want SES102
    with session.no_autoflush:
        return session.get(Reader, reader_id)


def closed_by_a_helper(reader_id):
    session = SessionLocal()
    try:
        return session.get(Reader, reader_id)
    finally:
        finish(session)


def closed_two_calls_away(reader_id):
    session = SessionLocal()
    try:
        return session.get(Reader, reader_id)
    finally:
        finish_through_another(session)


def committed_by_a_helper(reader_id):
    session = SessionLocal()
    session.add(Loan(reader_id=reader_id))
    commit(session)


def in_the_block_of_a_helpers_session(reader_id):
    with new_session() as session:
        return session.get(Reader, reader_id)


def closed_under_its_second_name(reader_id):
    session = SessionLocal()
    again = same(session)
    try:
        return session.get(Reader, reader_id)
    finally:
        again.close()


def by_closing(reader_id):
    with closing(SessionLocal()) as session:
        return session.get(Reader, reader_id)


def on_a_stack(reader_id):
    with ExitStack() as stack:
        session = stack.enter_context(SessionLocal())
        return session.get(Reader, reader_id)


def called_back_by_a_stack(reader_id):
    with ExitStack() as stack:
        session = SessionLocal()
        stack.callback(session.close)
        return session.get(Reader, reader_id)


def closing_on_a_stack(reader_id):
    with ExitStack() as stack:
        session = stack.enter_context(closing(Session(engine)))
        return session.get(Reader, reader_id)


def perhaps_on_a_stack(reader_id, session=None):
    with ExitStack() as stack:
        if session is None:
            session = stack.enter_context(SessionLocal())
        return session.get(Reader, reader_id)


def stack_that_is_closed(reader_id):
    stack = ExitStack()
    session = stack.enter_context(SessionLocal())
    try:
        return session.get(Reader, reader_id)
    finally:
        stack.close()


def entered_and_left_by_hand(reader_id):
    session = SessionLocal()
    session.__enter__()
    try:
        return session.get(Reader, reader_id)
    finally:
        session.__exit__(None, None, None)


def returned(reader_id):
    session = SessionLocal()
    session.get(Reader, reader_id)
    return session


def returned_with_more(reader_id):
    session = SessionLocal()
    return session, session.get(Reader, reader_id)


def returned_in_a_dict(reader_id):
    session = SessionLocal()
    return {"session": session, "reader": session.get(Reader, reader_id)}


def yielded():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


def kept_by_the_caller(holder):
    session = SessionLocal()
    session.scalars(select(Book)).all()
    holder.session = session


def kept_in_a_list(sessions):
    session = SessionLocal()
    session.scalars(select(Book)).all()
    sessions.append(session)


def closed_when_the_program_ends(reader_id):
    session = SessionLocal()
    atexit.register(session.close)
    return session.get(Reader, reader_id)


def closed_by_a_fixture(request):
    session = SessionLocal()
    request.addfinalizer(session.close)
    session.scalars(select(Book)).all()
    return session


def closed_by_a_function_within(reader_id):
    session = SessionLocal()

    def done():
        session.close()

    try:
        return session.get(Reader, reader_id)
    finally:
        done()


class Client:
    """Lends sessions out. Where a request has a transaction, its manager ends it, and closes the session."""

    def __init__(self, session_factory, commits: bool):
        self.session_factory = session_factory
        self.commits = commits

    @contextlib.contextmanager
    def connect(self, readonly: bool = False):
        session = None
        try:
            session = self.session_factory()
            yield session
            if self.commits and not readonly:
                session.commit()
        except exc.SQLAlchemyError as error:
            if session and self.commits:
                session.rollback()
            raise RuntimeError("the database does not answer") from error
        finally:
            if session and self.commits:
                session.close()
