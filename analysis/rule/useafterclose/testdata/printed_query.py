"""str() and print() of a Query show its SQL; they do not run it."""

from sqlalchemy.orm import sessionmaker

from press.db import engine
from press.models import Article

Session = sessionmaker(bind=engine)


def shown():
    with Session() as session:
        query = session.query(Article)
    return str(query)


def printed():
    with Session() as session:
        query = session.query(Article)
    print(query)


def asked_for_its_type():
    with Session() as session:
        query = session.query(Article)
    return type(query), id(query), isinstance(query, list), hasattr(query, "all"), repr(query)


def longest():
    with Session() as session:
        query = session.query(Article)
    return max(len(a.title) for a in query)  # want SES101
