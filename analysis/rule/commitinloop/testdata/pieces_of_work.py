"""Loops whose turns are pieces of work of their own, and portions."""

import time
from itertools import batched

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker

from fishery.db import engine
from fishery.models import Boat, Catch, Quota

SessionMaker = sessionmaker(engine)


def portions_by_number(rows):
    with SessionMaker() as session:
        for n, row in enumerate(rows, 1):
            session.add(Catch(**row))
            if n % 500 == 0:
                session.commit()
        session.commit()


def portions_by_count(rows):
    with SessionMaker() as session:
        waiting = 0
        for row in rows:
            session.add(Catch(**row))
            waiting += 1
            if waiting >= 500:
                session.commit()
                waiting = 0
        session.commit()


def portions_by_length(rows):
    portion = []
    with SessionMaker() as session:
        for row in rows:
            portion.append(row)
            if len(portion) == 500:
                session.execute(insert(Catch), portion)
                session.commit()
                portion = []
        if portion:
            session.execute(insert(Catch), portion)
        session.commit()


def portions_cut_before(rows):
    with SessionMaker() as session:
        for portion in batched(rows, 500):
            session.execute(insert(Catch), portion)
            session.commit()


def portions_by_index(rows):
    with SessionMaker() as session:
        for start in range(0, len(rows), 500):
            session.execute(insert(Catch), rows[start : start + 500])
            session.commit()


def portions_until_nothing_is_left():
    with SessionMaker() as session:
        while session.execute(delete(Catch).where(Catch.old).limit(500)).rowcount:
            session.commit()
        session.commit()


def pages():
    with SessionMaker() as session:
        while True:
            boats = session.scalars(select(Boat).where(Boat.unseen).limit(100)).all()
            if not boats:
                break
            for boat in boats:
                boat.unseen = False
            session.commit()


def session_per_row(rows):
    for row in rows:
        with SessionMaker() as session:
            session.add(Catch(**row))
            session.commit()


def session_per_row_by_hand(rows):
    for row in rows:
        session = SessionMaker()
        try:
            session.add(Catch(**row))
            session.commit()
        finally:
            session.close()


def block_per_row(rows):
    with SessionMaker() as session:
        for row in rows:
            with session.begin():
                session.add(Catch(**row))


def maker_per_row(rows):
    for row in rows:
        with SessionMaker.begin() as session:
            session.add(Catch(**row))


def attempts(boat_id):
    with SessionMaker() as session:
        for attempt in range(3):
            try:
                session.execute(update(Quota).where(Quota.boat_id == boat_id).values(left=0))
                session.commit()
                return True
            except OperationalError:
                session.rollback()
                time.sleep(attempt)
        return False


def worker(queue):
    with SessionMaker() as session:
        while True:
            session.add(Catch(**queue.get()))
            session.commit()


def waits_for_others(boat_id):
    with SessionMaker() as session:
        for _ in range(10):
            state = session.get(Boat, boat_id).state
            session.commit()
            if state == "in":
                return True
            time.sleep(1)
        return False


def each_boat(boats):
    with SessionMaker() as session:
        for boat in boats:
            session.get(Boat, boat).unseen = False
            session.commit()  # want SES202


def each_row_of_a_portion(rows):
    with SessionMaker() as session:
        for portion in batched(rows, 500):
            for row in portion:
                session.add(Catch(**row))
                session.commit()  # want SES202


def session_outside_of_both_loops(boats):
    for boat in boats:
        with SessionMaker() as session:
            for row in boat["catches"]:
                session.add(Catch(**row))
                session.commit()  # want SES202
