"""Commits in loops over rows, objects, ids and files."""

import csv
import logging

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from census.db import engine
from census.models import Household, Person, Street

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def of_a_query():
    with SessionMaker() as session:
        for person in session.scalars(select(Person).where(Person.age.is_(None))):
            person.age = 0
            session.commit()  # want SES202


def of_an_old_query():
    with Session(engine) as session:
        for person in session.query(Person).filter_by(counted=False):
            person.counted = True
            session.commit()  # want SES202


def of_a_list(street_id):
    # Each commit expires the objects that the loop has still to come to.
    with SessionMaker() as session:
        people = session.scalars(select(Person).where(Person.street_id == street_id)).all()
        for person in people:
            person.counted = True
            session.commit()  # want SES202


def of_a_file(path):
    with SessionMaker() as session, open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            session.add(Person(**row))
            session.commit()  # want SES202


def of_ids(person_ids):
    with SessionMaker() as session:
        for person_id in person_ids:
            person = session.get(Person, person_id)
            person.counted = True
            session.commit()  # want SES202


def numbered(names):
    session = SessionMaker()
    try:
        for n, name in enumerate(names):
            session.add(Street(name=name, number=n))
            session.commit()  # want SES202
    finally:
        session.close()


def under_a_condition(people):
    with SessionMaker() as session:
        for row in people:
            if row["moved"]:
                session.execute(delete(Person).where(Person.id == row["id"]))
                session.commit()  # want SES202


def with_a_rollback(rows):
    with SessionMaker() as session:
        for row in rows:
            try:
                session.add(Person(**row))
                session.commit()  # want SES202
            except IntegrityError:
                session.rollback()
                log.warning("twice: %s", row)


def of_a_relationship(household_id):
    with SessionMaker() as session:
        household = session.get(Household, household_id)
        for person in household.people:
            person.counted = True
            session.commit()  # want SES202


def two_loops(streets):
    with SessionMaker() as session:
        for street in streets:
            for name in street["people"]:
                session.add(Person(name=name, street_id=street["id"]))
            session.commit()  # want SES202


def the_inner_loop(streets):
    with SessionMaker() as session:
        for street in streets:
            for name in street["people"]:
                session.add(Person(name=name, street_id=street["id"]))
                session.commit()  # want SES202


def after_the_loop():
    with SessionMaker() as session:
        for person in session.scalars(select(Person).where(Person.age.is_(None))):
            person.age = 0
        session.commit()


def in_the_else_of_the_loop(rows):
    with SessionMaker() as session:
        for row in rows:
            session.add(Person(**row))
        else:
            session.commit()


def flushed_in_the_loop(names):
    with SessionMaker() as session:
        numbers = []
        for name in names:
            street = Street(name=name)
            session.add(street)
            session.flush()
            numbers.append(street.id)
        session.commit()
        return numbers


def savepoints(rows):
    with SessionMaker() as session:
        for row in rows:
            try:
                with session.begin_nested():
                    session.add(Person(**row))
            except IntegrityError:
                log.warning("twice: %s", row)
        session.commit()


def returned_after_the_first(rows):
    with SessionMaker() as session:
        for row in rows:
            if row["free"]:
                session.add(Household(**row))
                session.commit()
                return row["id"]
        return None


def broken_out_after_the_first(rows):
    with SessionMaker() as session:
        for row in rows:
            if row["free"]:
                session.add(Household(**row))
                session.commit()
                break


def loop_before_the_commit(rows):
    with SessionMaker() as session:
        session.add(Street(people=sum(row["count"] for row in rows)))
        session.commit()


def of_something_else(repository, paths):
    with SessionMaker() as session:
        for path in paths:
            repository.add(path)
            repository.commit()
        session.add(Street(files=len(paths)))
        session.commit()


def only_reads(street_ids):
    with SessionMaker() as session:
        counts = {}
        for street_id in street_ids:
            counts[street_id] = session.scalar(select(func.count(Person.id)).where(Person.street_id == street_id))
        return counts
