"""What a file looks like while someone types in it."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from zoo.db import engine
from zoo.models import Animal, Cage

Session = sessionmaker(engine)


def before_the_cursor(animal_id):
    with Session() as session:
        animal = session.get(Animal, animal_id)
    return session.scalars(select(Cage).where(Cage.id == animal.cage_id)).one()  # want SES101


def an_open_call(animal_id):
    with Session() as session:
        animal = session.get(Animal, animal_id)
        print(animal.name,


def a_lone_dot(animal_id):
    with Session() as session:
        animal = session.get(Animal, animal_id)
        animal.


def an_open_string(animal_id):
    with Session() as session:
        session.get(Animal, animal_id)
    print("fed


def a_head_without_a_body(animal_id):
    with Session() as session:


def an_assignment(animal_id):
    with Session() as session:
        session.get(Animal, animal_id)
    session =


def a_use_that_is_being_typed(animal_id):
    with Session() as session:
        session.get(Animal, animal_id)
    session.


def after_the_cursor(animal_id):
    with Session() as session:
        animal = session.get(Animal, animal_id)
    session.add(Cage(animal_id=animal.id))  # want SES101


def still_clean(animal_id):
    with Session() as session:
        return session.get(Animal, animal_id)
