"""Columns of one object, after what expired it."""

import logging

from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from farm.db import engine
from farm.models import Barn, Cow

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(engine)


def born(name, barn_id):
    with SessionLocal() as session:
        cow = Cow(name=name, barn_id=barn_id)
        session.add(cow)
        session.commit()
    return cow.id  # want SES302


def moved(cow_id, barn_id):
    with Session(engine) as session:
        cow = session.get(Cow, cow_id)
        cow.barn_id = barn_id
        session.commit()
    log.info("%s was moved", cow.name)  # want SES302


def in_a_begin_block(cow_id):
    with SessionLocal() as session:
        with session.begin():
            cow = session.get(Cow, cow_id)
            cow.milked = func.now()
    return f"milked {cow.name}"  # want SES302


def in_both_at_once(cow_id):
    with SessionLocal() as session, session.begin():
        cow = session.scalars(select(Cow).where(Cow.id == cow_id)).one()
        cow.milked = func.now()
    return cow.name  # want SES302


def by_the_factory(name):
    with SessionLocal.begin() as session:
        barn = Barn(name=name)
        session.add(barn)
    return barn.id  # want SES302


def rolled_back(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.rollback()
    return cow.name  # want SES302


def not_kept(cow_id):
    # A rollback expires whatever the factory says.
    with Session(engine, expire_on_commit=False) as session:
        cow = session.get(Cow, cow_id)
        session.rollback()
    return cow.name  # want SES302


def closed_by_hand(cow_id):
    session = SessionLocal()
    try:
        cow = session.query(Cow).filter(Cow.id == cow_id).first()
        cow.milked = func.now()
        session.commit()
    finally:
        session.close()
    return cow.name  # want SES302


def committed_in_a_try(name):
    with SessionLocal() as session:
        cow = Cow(name=name)
        session.add(cow)
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            raise
    return cow.name  # want SES302


def counted_up(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        cow.milked = func.now()
        session.commit()
    cow.litres += 1  # want SES302


def expired_by_hand(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.expire_all()
    return cow.name  # want SES302


def several_reads(name):
    with SessionLocal() as session:
        cow = Cow(name=name)
        session.add(cow)
        session.commit()
    row = {"id": cow.id}  # want SES302
    row["name"] = cow.name
    return row


def in_a_condition(cow_id):
    with SessionLocal() as session:
        cow = session.execute(select(Cow).where(Cow.id == cow_id)).scalar_one()
        cow.milked = func.now()
        session.commit()
    if cow.sick:  # want SES302
        return "stays in"
    return "goes out"


def expunged_too_late(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        cow.milked = func.now()
        session.commit()
        session.expunge(cow)
    return cow.name  # want SES302


def the_other_is_read_inside(cow_id, barn_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        barn = session.get(Barn, barn_id)
        cow.barn_id = barn_id
        session.commit()
        log.info("%s is fuller now", barn.name)
    return cow.name  # want SES302


def only_read(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
    return cow.name


def only_read_closed_by_hand(cow_id):
    session = SessionLocal()
    try:
        cow = session.get(Cow, cow_id)
    finally:
        session.close()
    return cow.name


def read_inside(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        cow.milked = func.now()
        session.commit()
        return cow.name


def touched(name):
    with SessionLocal() as session:
        cow = Cow(name=name)
        session.add(cow)
        session.commit()
        log.info("%d was born", cow.id)
    return cow.name


def refreshed(name):
    with SessionLocal() as session:
        cow = Cow(name=name)
        session.add(cow)
        session.commit()
        session.refresh(cow)
    return cow.id


def loaded_again(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        cow.milked = func.now()
        session.commit()
        cow = session.get(Cow, cow_id)
    return cow.name


def loaded_after_the_commit(cow_id):
    with SessionLocal() as session:
        session.add(Barn(name="north"))
        session.commit()
        cow = session.get(Cow, cow_id)
    return cow.name


def loaded_after_the_begin_block(cow_id):
    with SessionLocal() as session:
        with session.begin():
            session.add(Barn(name="south"))
        cow = session.get(Cow, cow_id)
    return cow.name


def expunged_before(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.expunge(cow)
        session.add(Barn(name="east"))
        session.commit()
    return cow.name


def all_expunged_before(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.expunge_all()
        session.commit()
    return cow.name


def a_savepoint_expires_nothing(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        with session.begin_nested():
            log.info("%s", session.scalar(select(func.count(Barn.id))))
    return cow.name


def kept_in_a_variable(name):
    with SessionLocal() as session:
        cow = Cow(name=name)
        session.add(cow)
        session.flush()
        cow_id = cow.id
        session.commit()
    return cow_id


def deleted(cow_id):
    # What was deleted is not expired by the commit.
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.delete(cow)
        session.commit()
    return cow.name


def only_set(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.add(Barn(name="west"))
        session.commit()
    cow.name = "Elsie"
    return cow


def not_from_the_database(name):
    cow = Cow(name=name)
    with SessionLocal() as session:
        session.add(Barn(name="hill"))
        session.commit()
    return cow.name


def nothing_is_loaded_for_it(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.add(Barn(name="lake"))
        session.commit()
    assert cow is not None and isinstance(cow, Cow)
    return inspect(cow).identity, type(cow).__name__, cow.__class__.__mro__


def in_another_session(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.add(Barn(name="mill"))
        session.commit()
    with SessionLocal() as other:
        other.add(cow)
        other.commit()
        return cow.name


def merged_into_another(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.add(Barn(name="moor"))
        session.commit()
    with SessionLocal() as other:
        cow = other.merge(cow)
        other.commit()
        return cow.name


def bound_anew(cow_id):
    with SessionLocal() as session:
        cow = session.get(Cow, cow_id)
        session.add(Barn(name="ford"))
        session.commit()
    cow = Cow(name="Elsie")
    return cow.name
