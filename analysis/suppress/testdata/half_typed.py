"""While something is typed, what it hides is not called unused."""

from sqlalchemy.orm import sessionmaker

from shop.db import engine

SessionMaker = sessionmaker(engine)


def being_typed(query):
    with SessionMaker() as session:
        session.execute(query)
    query.
    return session.scalars(query).all(  # sessionlint: ignore[SES101]


def not_being_typed(query):
    with SessionMaker() as session:
        return session.scalars(query).all()  # sessionlint: ignore[SES101] # want SES901
