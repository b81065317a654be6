"""with session.begin() says that what stands in it is a unit of work."""

from sqlalchemy.orm import sessionmaker

from garage.db import engine
from garage.models import Car, Part, Repair

SessionMaker = sessionmaker(engine)


def one_block(car_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Car, car_id).state = "in"
            session.add(Repair(car_id=car_id))


def two_blocks(car_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Car, car_id).state = "in"
        with session.begin():
            session.add(Repair(car_id=car_id))


def maker_begin(car_id):
    with SessionMaker.begin() as session:
        session.get(Car, car_id).state = "in"
        session.add(Repair(car_id=car_id))


def maker_begin_twice(car_id):
    with SessionMaker.begin() as session:
        session.get(Car, car_id).state = "in"
    with SessionMaker.begin() as session:
        session.add(Repair(car_id=car_id))


def a_last_commit(car_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Car, car_id).state = "in"
            session.commit()


def a_block_and_a_commit(car_id):
    # The block is marked as a unit; the commit after it is the only other one.
    with SessionMaker() as session:
        with session.begin():
            session.get(Car, car_id).state = "in"
        session.add(Repair(car_id=car_id))
        session.commit()


def savepoints(car_id, parts):
    with SessionMaker() as session:
        for part in parts:
            with session.begin_nested():
                session.add(Part(car_id=car_id, name=part))
        session.commit()


def savepoint_by_hand(car_id):
    with SessionMaker() as session:
        session.add(Repair(car_id=car_id))
        savepoint = session.begin_nested()
        session.add(Part(car_id=car_id))
        savepoint.commit()
        session.commit()


def transaction_by_hand(car_id):
    with SessionMaker() as session:
        transaction = session.begin()
        session.add(Repair(car_id=car_id))
        transaction.commit()


def in_turn(car_id):
    with SessionMaker() as session:
        session.get(Car, car_id).state = "in"
        session.commit()
    with SessionMaker() as session:
        session.add(Repair(car_id=car_id))
        session.commit()


def two_sessions(car_id):
    with SessionMaker() as cars, SessionMaker() as parts:
        cars.get(Car, car_id).state = "in"
        cars.commit()
        parts.add(Part(car_id=car_id))
        parts.commit()


def two_lives(car_id):
    # close() between them says that these are two.
    session = SessionMaker()  # want SES102 warning
    session.get(Car, car_id).state = "in"
    session.commit()
    session.close()
    session.add(Repair(car_id=car_id))
    session.commit()
    session.close()
