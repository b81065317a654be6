"""The classic questions about wrappers, helpers and generators, asked of sessions."""

from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from museum.db import engine
from museum.models import Painting, Visitor


class Guide:
    """Owns a session, and closes it."""

    def __init__(self):
        self.session = Session(engine)

    def paintings(self):
        return self.session.scalars(select(Painting)).all()

    def close(self):
        self.session.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Catalogue:
    """Closes the session that it is given."""

    def __init__(self, session):
        self._session = session

    def __enter__(self):
        return self._session

    def __exit__(self, *error):
        self._session.close()


class Wall:
    """Holds a session that belongs to someone else."""

    def __init__(self, session):
        self.session = session


def close_quietly(session):
    try:
        session.close()
    except Exception:
        pass


def close_if_open(session):
    if session is not None:
        session.close()


def only_looks_at(session):
    return session.is_active


@contextmanager
def scope():
    session = Session(engine)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def scope_of(session):
    try:
        yield session
    finally:
        session.close()


def with_a_guide():
    with Guide() as guide:
        return guide.paintings()


def with_a_catalogue():
    with Catalogue(Session(engine)) as session:
        return session.scalars(select(Painting)).all()


def with_a_catalogue_of_a_name():
    session = Session(engine)
    with Catalogue(session):
        return session.scalars(select(Painting)).all()


def on_a_wall():
    session = Session(engine)  # want SES102
    wall = Wall(session)
    return wall.session.scalars(select(Painting)).all()


def on_a_wall_and_closed():
    wall = Wall(Session(engine))
    try:
        return wall.session.scalars(select(Painting)).all()
    finally:
        wall.session.close()


def helper_closes_quietly():
    session = Session(engine)
    try:
        return session.scalars(select(Painting)).all()
    finally:
        close_quietly(session)


def helper_closes_if_open():
    session = Session(engine)
    try:
        return session.scalars(select(Painting)).all()
    finally:
        close_if_open(session)


def helper_only_looks():
    session = Session(engine)  # want SES102
    ids = session.scalars(select(Painting.id)).all()
    only_looks_at(session)
    return ids


def in_a_scope():
    with scope() as session:
        return session.scalars(select(Painting)).all()


def in_the_scope_of_its_session():
    session = Session(engine)
    with scope_of(session):
        return session.scalars(select(Painting)).all()


def generator_that_closes():
    with Session(engine) as session:
        yield from session.scalars(select(Painting.name))


def generator_that_does_not():
    session = Session(engine)  # want SES102
    yield from session.scalars(select(Painting.name))


def in_a_tuple():
    session, limit = Session(engine), 10  # want SES102
    return session.scalars(select(Painting).limit(limit)).all()


def in_a_tuple_and_closed():
    session, limit = Session(engine), 10
    try:
        return session.scalars(select(Painting).limit(limit)).all()
    finally:
        session.close()


def in_a_list():
    sessions = [Session(engine), Session(engine)]
    try:
        return [s.scalars(select(Visitor)).all() for s in sessions]
    finally:
        for s in sessions:
            s.close()


def in_a_function_within():
    def visitors():
        session = Session(engine)  # want SES102
        return session.scalars(select(Visitor)).all()

    return visitors()


def used_by_a_function_within():
    with Session(engine) as session:
        def visitors():
            return session.scalars(select(Visitor)).all()

        return visitors()


def in_a_lambda():
    with Session(engine) as session:
        find = lambda name: session.scalar(select(Painting).where(Painting.name == name))  # noqa: E731
        return find("sunflowers").id
