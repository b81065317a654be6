"""Results that come from functions of the file, or go through them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from shelter.db import engine
from shelter.models import Dog, Visit

SessionLocal = sessionmaker(engine)


def dogs_of(session: Session, breed):
    return session.scalars(select(Dog).where(Dog.breed == breed))


def names_of(breed):
    with SessionLocal() as session:
        dogs = dogs_of(session, breed)
    return [dog.name for dog in dogs]  # want SES301


def names_of_inside(breed):
    with SessionLocal() as session:
        dogs = dogs_of(session, breed)
        return [dog.name for dog in dogs]


def list_of(session: Session, breed):
    return session.scalars(select(Dog).where(Dog.breed == breed)).all()


def names_of_a_list(breed):
    with SessionLocal() as session:
        dogs = list_of(session, breed)
    return [dog.name for dog in dogs]


def waiting():
    with SessionLocal() as session:
        return session.scalars(select(Dog).where(Dog.owner_id.is_(None)))


def names_of_the_waiting():
    return [dog.name for dog in waiting()]  # want SES301


def waiting_ones():
    with SessionLocal() as session:
        return session.scalars(select(Dog).where(Dog.owner_id.is_(None))).all()


def names_of_the_waiting_ones():
    return [dog.name for dog in waiting_ones()]


def printed(dogs):
    for dog in dogs:
        print(dog.name)


def printed_inside():
    with SessionLocal() as session:
        printed(session.scalars(select(Dog)))


def longest(dogs):
    return max(dogs, key=lambda dog: len(dog.name))


def longest_inside():
    with SessionLocal() as session:
        dog = longest(session.scalars(select(Dog)))
    return dog.name


class Kennel:
    def __init__(self, factory: sessionmaker):
        self.factory = factory

    def visits(self, session, dog_id):
        return session.execute(select(Visit).where(Visit.dog_id == dog_id)).scalars()

    def last_visits(self, dog_id):
        with self.factory() as session:
            visits = self.visits(session, dog_id)
        return visits.all()  # want SES301

    def all_visits(self, dog_id):
        with self.factory() as session:
            return self.visits(session, dog_id).all()


def each(session: Session):
    yield from session.scalars(select(Dog))


def each_inside():
    with SessionLocal() as session:
        return [dog.name for dog in each(session)]


def each_of_a_block():
    with SessionLocal() as session:
        for dog in session.scalars(select(Dog)):
            yield dog.name


def each_after_a_block():
    with SessionLocal() as session:
        dogs = session.scalars(select(Dog))
    yield from dogs
