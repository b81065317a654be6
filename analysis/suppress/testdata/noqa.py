"""noqa as flake8 and ruff know it."""

from sqlalchemy.orm import sessionmaker

from shop.db import engine

SessionMaker = sessionmaker(engine)


def every_rule(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa # hidden SES101


def in_capitals(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  #NOQA:ses101 # hidden SES101


def among_others(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa: E501,SES101 it is read once a day # hidden SES101


def with_spaces(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa : E501 SES101 # hidden SES101


def beginning_of_a_code(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa: SES1 # hidden SES101


def of_a_statement(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(  # hidden SES101
        query,
    ).all()  # noqa: SES101


def of_others(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa: E501 # want SES101


def of_another_rule(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa: SES201 # want SES101


def of_nothing_that_is_a_code(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa: because # want SES101


def of_a_longer_code(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqa: SES1010 # want SES101


def another_word(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # noqase # want SES101


def above(query):
    with SessionMaker() as session:
        session.execute(query)
    # noqa: SES101
    return session.scalars(query).all()  # want SES101


def not_needed(query):
    with SessionMaker() as session:
        return session.scalars(query).all()  # noqa: SES101


def does_not_hide_that_it_is_of_no_use(query):
    with SessionMaker() as session:
        return session.scalars(query).all()  # noqa # sessionlint: ignore[SES101] # want SES901


def by_name(query):
    with SessionMaker() as session:
        return session.scalars(query).all()  # sessionlint: ignore[SES101, SES901] # hidden SES901
