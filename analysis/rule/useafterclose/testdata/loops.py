"""Sessions and loops."""

import itertools
import time

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from fleet.db import engine
from fleet.models import Ping, Truck

SessionLocal = sessionmaker(engine)


def closed_in_the_first_turn(ids):
    session = SessionLocal()
    for truck_id in ids:
        truck = session.get(Truck, truck_id)
        print(truck.plate)
        session.close()
        session.add(Ping(truck_id=truck_id))  # want SES101


def closed_before_the_loop(ids):
    with SessionLocal() as session:
        known = set(session.scalars(select(Truck.id)))
    for truck_id in ids:
        if truck_id not in known:
            session.add(Truck(id=truck_id))  # want SES101


def block_in_the_loop(ids):
    last = None
    for truck_id in ids:
        with SessionLocal() as session:
            last = session.get(Truck, truck_id)
        if session.scalar(select(Ping.id).where(Ping.truck_id == truck_id)):  # want SES101
            return last
    return None


def after_the_loop(ids):
    for truck_id in ids:
        with SessionLocal() as session:
            session.add(Ping(truck_id=truck_id))
            session.commit()
    return session.scalars(select(Ping)).all()  # want SES101


def else_of_the_loop(ids):
    for truck_id in ids:
        with SessionLocal() as session:
            if session.get(Truck, truck_id) is None:
                break
    else:
        return session.scalars(select(Truck)).all()  # want SES101
    return []


def one_for_each(ids):
    for truck_id in ids:
        with SessionLocal() as session:
            session.add(Ping(truck_id=truck_id))
            session.commit()


def one_for_all(ids):
    with SessionLocal() as session:
        for truck_id in ids:
            session.add(Ping(truck_id=truck_id))
        session.commit()


def made_in_each_turn(ids):
    for truck_id in ids:
        session = SessionLocal()
        try:
            session.add(Ping(truck_id=truck_id))
            session.commit()
        finally:
            session.close()


def close_lets_go_between_turns():
    # close() at the end of a turn is a habit of long-running workers: the next
    # turn takes the session up again, and gives it back again.
    session = SessionLocal()  # want SES102 warning
    for _ in itertools.count():
        pings = session.scalars(select(Ping)).all()
        print(len(pings))
        session.close()
        time.sleep(5)


def retried(truck_id):
    for attempt in range(3):
        session = SessionLocal()
        try:
            truck = session.get(Truck, truck_id)
            truck.seen = attempt
            session.commit()
            return truck_id
        except OSError:
            session.rollback()
        finally:
            session.close()
    return None


def left_with_break(ids):
    session = SessionLocal()  # want SES102 warning
    for truck_id in ids:
        if truck_id < 0:
            session.close()
            break
        session.add(Ping(truck_id=truck_id))  # want SES206
    else:
        session.commit()
        session.close()
