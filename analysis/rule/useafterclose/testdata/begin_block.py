"""with session.begin() ends a transaction; what it does to the session differs."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from farm.db import engine
from farm.models import Barn, Field, Harvest

SessionMaker = sessionmaker(engine)


def sow(field_id, crop):
    with SessionMaker.begin() as session:
        field = session.get(Field, field_id)
        field.crop = crop
    return session.scalar(select(func.count(Field.id)).where(Field.crop == crop))  # want SES101


def harvest(field_id, tons):
    with SessionMaker() as session:
        with session.begin():
            session.add(Harvest(field_id=field_id, tons=tons))
    return session.scalar(select(func.sum(Harvest.tons)))  # want SES101


def harvest_in_one_line(field_id, tons):
    with SessionMaker() as session, session.begin():
        session.add(Harvest(field_id=field_id, tons=tons))
    return session.scalar(select(func.sum(Harvest.tons)))  # want SES101


def move_to_barn(harvest_id, barn_id):
    with Session(engine) as session, session.begin():
        harvested = session.get(Harvest, harvest_id)
        harvested.barn_id = barn_id
    barn = session.get(Barn, barn_id)  # want SES101
    return barn.free


def fullest_barn():
    with SessionMaker() as session:
        with session.begin():
            session.execute(select(Barn).with_for_update()).all()
        fullest = select(Barn).order_by(Barn.free).limit(1)
    return session.scalars(fullest).one()  # want SES101


def plough(field_id):
    with SessionMaker.begin() as session:
        field = session.get(Field, field_id)
        field.state = "ploughed"
    session.add(Harvest(field_id=field_id, tons=0))  # want SES101


def after_the_transaction(field_id, tons):
    # The transaction is over, the session is not.
    with SessionMaker() as session:
        with session.begin():
            session.add(Harvest(field_id=field_id, tons=tons))
        return session.scalar(select(func.sum(Harvest.tons)))


def two_transactions(field_id, tons):
    with SessionMaker() as session:
        with session.begin():
            session.add(Harvest(field_id=field_id, tons=tons))
        with session.begin():
            session.get(Field, field_id).state = "bare"


def never_closed(field_id, tons):
    # begin() does not own the session, so nothing was closed when it is read.
    session = SessionMaker()  # want SES102 warning
    with session.begin():
        session.add(Harvest(field_id=field_id, tons=tons))
    total = session.scalar(select(func.sum(Harvest.tons)))
    session.close()
    return total


def a_savepoint(rows):
    with SessionMaker() as session:
        for row in rows:
            with session.begin_nested():
                session.add(Harvest(**row))
        session.commit()


def a_unit_of_its_own(field_id, tons):
    with SessionMaker() as session:
        with session.begin():
            session.add(Harvest(field_id=field_id, tons=tons))
    with session.begin():
        session.get(Field, field_id).state = "bare"


def a_last_commit(field_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Field, field_id).state = "bare"
            session.commit()
