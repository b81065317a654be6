"""Sessions that are opened in a loop, or live as long as a worker."""

import time

from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from courier.db import engine
from courier.models import Address, Letter
from courier.vans import deliver

SessionLocal = sessionmaker(engine)


def one_more_each_turn():
    while True:
        session = SessionLocal()  # want SES102
        waiting = session.scalars(select(Letter.id).where(Letter.sent.is_(None))).all()
        if waiting:
            deliver(waiting)


def opened_at_the_top():
    session = SessionLocal()  # want SES102 warning
    while True:
        for letter in session.scalars(select(Letter).where(Letter.sent.is_(None))):
            deliver(letter)


def closed_where_nothing_leads():
    session = SessionLocal()  # want SES102 warning
    while True:
        for letter in session.scalars(select(Letter).where(Letter.sent.is_(None))):
            deliver(letter)
    session.close()


def closed_after_the_last_only(ids):
    for letter_id in ids:
        session = SessionLocal()  # want SES102
        session.execute(select(Letter.id).where(Letter.id == letter_id)).one()
    session.close()


def left_with_return():
    while True:
        session = Session(engine)  # want SES102
        letter = session.scalars(select(Letter).where(Letter.sent.is_(None)).limit(1)).first()
        if letter is None:
            return
        session.close()


def given_up_after_three(letter_id):
    for _ in range(3):
        session = SessionLocal()  # want SES102
        try:
            return session.get(Letter, letter_id)
        except OperationalError:
            pass


def in_a_comprehension(ids):
    return [one_of_them(letter_id) for letter_id in ids]


def one_of_them(letter_id):
    session = SessionLocal()  # want SES102
    return session.scalar(select(Letter.subject).where(Letter.id == letter_id))


def one_block_each_turn():
    while True:
        with SessionLocal() as session:
            waiting = session.scalars(select(Letter.id).where(Letter.sent.is_(None))).all()
        deliver(waiting)
        time.sleep(5)


def one_block_around_the_loop(ids):
    with SessionLocal() as session:
        for letter_id in ids:
            if session.get(Letter, letter_id) is None:
                break
            deliver(letter_id)


def worker_with_finally():
    session = SessionLocal()
    try:
        while True:
            letters = session.scalars(select(Letter.id).where(Letter.sent.is_(None))).all()
            session.rollback()
            deliver(letters)
            time.sleep(5)
    finally:
        session.close()


def tried_three_times(letter_id):
    for _ in range(3):
        session = SessionLocal()
        try:
            return session.get(Letter, letter_id)
        except OperationalError:
            continue
        finally:
            session.close()
    return None


def closed_before_each_way_on(ids):
    for letter_id in ids:
        session = SessionLocal()
        try:
            known = session.get(Letter, letter_id) is not None
        finally:
            session.close()
        if not known:
            continue
        deliver(letter_id)


def until_there_is_none():
    with SessionLocal() as session:
        while waiting := session.scalars(select(Letter.id).where(Letter.sent.is_(None))).all():
            session.rollback()
            deliver(waiting)


def a_new_one_after_a_failure(ids):
    session = SessionLocal()
    try:
        for letter_id in ids:
            try:
                session.execute(select(Letter.id).where(Letter.id == letter_id)).one()
            except OperationalError:
                session.close()
                session = SessionLocal()
    finally:
        session.close()


def else_of_the_loop(ids):
    session = SessionLocal()
    try:
        for address_id in ids:
            if session.get(Address, address_id) is None:
                break
        else:
            return True
        return False
    finally:
        session.close()


def cleared_in_each_turn(ids):
    for address_id in ids:
        with SessionLocal.begin() as session:
            session.execute(delete(Letter).where(Letter.address_id == address_id))
