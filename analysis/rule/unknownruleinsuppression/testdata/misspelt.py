"""Names and codes of rules, spelt right and wrong."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from library.db import engine
from library.models import Reader

SessionMaker = sessionmaker(engine)


def names():
    with SessionMaker() as session:
        session.scalars(select(Reader.id)).all()
    return session.scalars(select(Reader.name)).all()  # sessionlint: ignore[use-after-closing]  # want SES101, SES902


def names_by_one_of_two():
    with SessionMaker() as session:
        session.scalars(select(Reader.id)).all()
    return session.scalars(select(Reader.name)).all()  # sessionlint: ignore[SES101, SES1O2]  # want SES902


# sessionlint: ignore[SES9999, Use-After-Close]  # want SES902
def names_in_any_case():
    with SessionMaker() as session:
        session.scalars(select(Reader.id)).all()
    return session.scalars(select(Reader.name)).all()


def the_beginning_of_a_code():
    with SessionMaker() as session:
        session.scalars(select(Reader.id)).all()
    return session.scalars(select(Reader.name)).all()  # sessionlint: ignore[SES1]  # want SES101, SES902


def codes_of_other_tools():
    with SessionMaker() as session:
        return session.scalars(select(Reader.name)).all()  # noqa: E501, SES999


def the_codes_of_the_rules_about_comments():
    with SessionMaker() as session:
        return session.scalars(select(Reader.name)).all()  # sessionlint: ignore[SES902, unused-suppression]
