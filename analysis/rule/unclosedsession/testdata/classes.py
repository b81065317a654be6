"""Classes that take a session over, and functions that make one for them."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from port.db import engine
from port.models import Crew, Ship

Session = sessionmaker(engine)


class UnitOfWork:
    """Opens and closes a session of its own."""

    def __enter__(self):
        self.session = Session()
        return self

    def __exit__(self, kind, error, traceback):
        try:
            if error is None:
                self.session.commit()
        finally:
            self.session.close()


class Harbour:
    """Closes what it was given."""

    def __init__(self, session):
        self.session = session

    def ships(self):
        return self.session.scalars(select(Ship)).all()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.session.close()

    def close(self):
        self.session.close()


class Register:
    """Uses what it was given, and leaves it open."""

    def __init__(self, session):
        self.session = session

    def ships(self):
        return self.session.scalars(select(Ship)).all()


class OpensItself:
    """A context manager that returns the session."""

    def __enter__(self):
        self.db = Session()
        return self.db

    def __exit__(self, *error):
        self.db.close()


class Fleet:
    def find(self, ship_id):
        session = Session()  # want SES102
        return session.get(Ship, ship_id)

    def crew(self, ship_id):
        session = self.open()  # want SES102
        return session.scalars(select(Crew).where(Crew.ship_id == ship_id)).all()

    def safe_crew(self, ship_id):
        with self.open() as session:
            return session.scalars(select(Crew).where(Crew.ship_id == ship_id)).all()

    def closed_by_a_method(self, ship_id):
        session = self.open()
        try:
            return session.get(Ship, ship_id)
        finally:
            self.done(session)

    def open(self):
        return Session()

    def done(self, session):
        session.close()


def by_a_register():
    session = Session()  # want SES102
    return Register(session).ships()


def register_in_a_block():
    with Session() as session:
        return Register(session).ships()


def closed_with_the_harbour():
    with Harbour(Session()) as harbour:
        return harbour.ships()


def closed_by_the_harbour():
    harbour = Harbour(Session())
    try:
        return harbour.ships()
    finally:
        harbour.close()


def unit_of_work(ship_id):
    with UnitOfWork() as work:
        work.session.add(Ship(id=ship_id))


def session_of_the_manager(ship_id):
    with OpensItself() as session:
        return session.get(Ship, ship_id)
