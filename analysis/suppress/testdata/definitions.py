"""Comments above functions and classes."""

import functools

from sqlalchemy.orm import sessionmaker

from shop.db import engine

SessionMaker = sessionmaker(engine)


# sessionlint: ignore[use-after-close]
def whole_function(query):
    """What is read late is read on purpose."""
    with SessionMaker() as session:
        session.execute(query)
    if query is not None:
        return session.scalars(query).all()  # hidden SES101


def the_next_function(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # want SES101


# sessionlint: ignore[SES101]
@functools.cache
def decorated(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # hidden SES101


@functools.cache
# sessionlint: ignore[SES101]
def below_the_decorator(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # hidden SES101


def behind_the_head(query):  # sessionlint: ignore[SES101]  # want SES901
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # want SES101


def outer(query):
    # sessionlint: ignore[SES101]
    def inner():
        with SessionMaker() as session:
            session.execute(query)
        return session.scalars(query).all()  # hidden SES101

    with SessionMaker() as session:
        session.execute(query)
    return inner, session.scalars(query).all()  # want SES101


# sessionlint: ignore[SES101]
class Orders:
    limit = 100

    def newest(self, query):
        with SessionMaker() as session:
            session.execute(query)
        return session.scalars(query).all()  # hidden SES101

    class Paid:
        def newest(self, query):
            with SessionMaker() as session:
                session.execute(query)
            return session.scalars(query).all()  # hidden SES101


class Bills:  # sessionlint: ignore[SES101]  # want SES901
    def newest(self, query):
        with SessionMaker() as session:
            session.execute(query)
        return session.scalars(query).all()  # want SES101

    # sessionlint: ignore
    def oldest(self, query):
        with SessionMaker() as session:
            session.execute(query)
        return session.scalars(query).all()  # hidden SES101
    # sessionlint: ignore  # want SES901


with SessionMaker() as shared:
    shared.execute("select 1")
# sessionlint: ignore[SES101]
shared.execute("select 2")  # hidden SES101
