"""Generators that are methods, or stand in other functions."""

from contextlib import ExitStack, contextmanager

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from trains.db import engine
from trains.models import Track


class Database:
    def __init__(self):
        self.factory = sessionmaker(engine)

    def get_session(self):
        session = self.factory()
        try:
            yield session
        finally:
            session.close()

    @contextmanager
    def session(self):
        with self.factory() as session:
            yield session

    def by_next(self):
        session = next(self.get_session())  # want SES105
        return session.scalars(select(Track)).all()

    def by_its_method(self):
        session = self.get_session().__next__()  # want SES105
        return session.scalars(select(Track)).all()

    def in_a_loop(self):
        for session in self.get_session():
            return session.scalars(select(Track)).all()

    def in_a_block(self):
        with self.session() as session:
            return session.scalars(select(Track)).all()


class Reader:
    """Keeps the generator as long as the session."""

    def __init__(self, database: Database):
        self.generator = database.get_session()
        self.session = next(self.generator)

    def tracks(self):
        return self.session.scalars(select(Track)).all()

    def close(self):
        self.generator.close()


def of_a_function_within():
    def get_session():
        with sessionmaker(engine)() as session:
            yield session

    session = next(get_session())  # want SES105
    return session.scalars(select(Track)).all()


def kept_by_a_stack():
    def get_session():
        with sessionmaker(engine)() as session:
            yield session

    with ExitStack() as stack:
        generator = get_session()
        stack.callback(generator.close)
        return next(generator).scalars(select(Track)).all()


def of_a_database(database: Database):
    with database.session() as session:
        return session.scalars(select(Track)).all()
