"""What a call between opening and closing may raise."""

import contextlib
import logging

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from press.db import engine
from press.models import Article, Author
from press.render import render

log = logging.getLogger(__name__)
Session = sessionmaker(engine)


def closed_at_the_end(author_id):
    session = Session()  # want SES102 warning
    articles = session.scalars(select(Article).where(Article.author_id == author_id)).all()
    page = render(articles)
    session.close()
    return page


def before_the_try(author_id):
    session = Session()  # want SES102 warning
    author = session.get(Author, author_id)
    header = render(author)
    try:
        return header, session.scalars(select(Article).where(Article.author_id == author.id)).all()
    finally:
        session.close()


def after_the_try(author_id):
    session = Session()  # want SES102 warning
    try:
        author = session.get(Author, author_id)
    except SQLAlchemyError:
        session.close()
        raise
    page = render(author)
    session.close()
    return page


def of_another_type(author_id):
    session = Session()  # want SES102 warning
    try:
        page = render(session.get(Author, author_id))
    except KeyError:
        session.close()
        raise
    session.close()
    return page


def only_in_the_else(author_id):
    session = Session()  # want SES102 warning
    try:
        author = session.get(Author, author_id)
        page = render(author)
    except ValueError:
        return None
    else:
        session.close()
    return page


def handler_returns(author_id):
    session = Session()  # want SES102 warning
    try:
        page = render(session.get(Author, author_id))
        session.close()
        return page
    except Exception:
        log.exception("no page for %s", author_id)
        return None


def suppressed(author_id):
    session = Session()  # want SES102 warning
    with contextlib.suppress(ValueError):
        log.info(render(session.get(Author, author_id)))
        session.close()


def finally_does_something_else(author_id):
    session = Session()  # want SES102
    try:
        return session.scalars(select(Article).where(Article.author_id == author_id)).all()
    finally:
        log.info("read the articles of %s", author_id)


def rows_are_handed_out(author_id):
    session = Session()  # want SES102 warning
    for title in session.scalars(select(Article.title).where(Article.author_id == author_id)):
        yield title
    session.close()


def closed_in_finally(author_id):
    session = Session()
    try:
        articles = session.scalars(select(Article).where(Article.author_id == author_id)).all()
        return render(articles)
    finally:
        session.close()


def opened_within_the_try(author_id):
    session = None
    try:
        session = Session()
        return render(session.get(Author, author_id))
    finally:
        if session is not None:
            session.close()


def opened_within_the_try_and_asked_for_its_truth(author_id):
    session = None
    try:
        session = Session()
        return render(session.get(Author, author_id))
    finally:
        if session:
            session.close()


def closed_in_both_clauses(author_id):
    session = Session()
    try:
        page = render(session.get(Author, author_id))
    except Exception:
        session.close()
        raise
    else:
        session.close()
    return page


def handled_then_closed(author_id):
    session = Session()
    try:
        page = render(session.get(Author, author_id))
    except Exception:
        log.exception("no page for %s", author_id)
        page = ""
    session.close()
    return page


def rolled_back_in_the_handler(author_id):
    # A rollback gives the connection back too.
    session = Session()
    try:
        page = render(session.get(Author, author_id))
    except Exception:
        session.rollback()
        raise
    session.close()
    return page


def suppressed_around_the_block(author_id):
    with contextlib.suppress(ValueError), Session() as session:
        log.info(render(session.get(Author, author_id)))


def closed_after_what_was_suppressed(author_id):
    session = Session()
    try:
        with contextlib.suppress(ValueError):
            log.info(render(session.get(Author, author_id)))
    finally:
        session.close()


def work_before_the_first_use(author_id):
    # Nothing was taken from the pool yet where this may raise.
    session = Session()
    header = render(author_id)
    try:
        return header, session.get(Author, author_id)
    finally:
        session.close()


def nested_finally(author_id):
    session = Session()
    try:
        try:
            author = session.get(Author, author_id)
        finally:
            log.info("looked for %s", author_id)
        return render(author)
    finally:
        session.close()


def rows_are_handed_out_of_a_block(author_id):
    with Session() as session:
        for title in session.scalars(select(Article.title).where(Article.author_id == author_id)):
            yield title
