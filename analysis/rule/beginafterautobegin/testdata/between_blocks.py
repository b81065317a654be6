"""What stands between two begin blocks of one session."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from kennel.db import engine
from kennel.models import Dog, Owner, Stay

SessionMaker = sessionmaker(engine)
Keeping = sessionmaker(engine, expire_on_commit=False)
log = logging.getLogger(__name__)


def a_query(dog_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Stay(dog_id=dog_id))
        owner = session.scalars(select(Owner).where(Owner.dog_id == dog_id)).one()
        with session.begin():  # want SES203
            owner.stays += 1


def an_expired_attribute(dog_id):
    with SessionMaker() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
            dog.here = True
        log.info("%s is here", dog.name)
        with session.begin():  # want SES203
            session.add(Stay(dog_id=dog_id))


def the_key_of_a_new_object(name):
    with SessionMaker() as session:
        with session.begin():
            dog = Dog(name=name)
            session.add(dog)
        dog_id = dog.id
        with session.begin():  # want SES203
            session.add(Stay(dog_id=dog_id))


def an_attribute_set(dog_id):
    with Keeping() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
        dog.here = True
        with session.begin():  # want SES203
            session.add(Stay(dog_id=dog_id))


def an_add(dog_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Dog, dog_id).here = True
        session.add(Stay(dog_id=dog_id))
        with session.begin():  # want SES203
            session.add(Owner(dog_id=dog_id))


def a_commit_and_an_attribute(dog_id):
    with SessionMaker() as session:
        dog = session.get(Dog, dog_id)
        dog.here = True
        session.commit()
        log.info("%s is here", dog.name)
        with session.begin():  # want SES203
            session.add(Stay(dog_id=dog_id))


def on_one_branch(dog_id, owner_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Dog, dog_id).here = True
        if owner_id:
            log.info("of %s", session.get(Owner, owner_id).name)
        with session.begin():  # want SES203
            session.add(Stay(dog_id=dog_id))


def nothing(dog_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Dog, dog_id).here = True
        with session.begin():
            session.add(Stay(dog_id=dog_id))


def not_of_the_session(dog_id):
    with SessionMaker() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
            name = dog.name
            dog.here = True
        log.info("%s is here", name)
        with session.begin():
            session.add(Stay(dog_id=dog_id))


def not_expired(dog_id):
    with Keeping() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
            dog.here = True
        log.info("%s is here", dog.name)
        with session.begin():
            session.add(Stay(dog_id=dog_id))


def in_the_identity_map(dog_id):
    with Keeping() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
            dog.here = True
        same = session.get(Dog, dog_id)
        with session.begin():
            session.add(Stay(dog_id=same.id))
        return dog is same


def rows_of_columns():
    with SessionMaker() as session:
        with session.begin():
            rows = session.execute(select(Dog.id, Dog.name)).all()
        for row in rows:
            log.info("%s", row.name)
        with session.begin():
            session.add(Stay(dogs=len(rows)))


def released(dog_id):
    with SessionMaker() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
            dog.here = True
        log.info("%s is here", dog.name)
        session.commit()
        with session.begin():
            session.add(Stay(dog_id=dog_id))


def either_block(dog_id, stay):
    with SessionMaker() as session:
        if stay:
            with session.begin():
                session.add(Stay(dog_id=dog_id))
        else:
            with session.begin():
                session.get(Dog, dog_id).here = False


def returned_before(dog_id):
    with SessionMaker() as session:
        with session.begin():
            dog = session.get(Dog, dog_id)
            here = dog.here
        if here:
            return dog.name
        with session.begin():
            session.add(Stay(dog_id=dog_id))
        return None
