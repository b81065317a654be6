"""Writes in loops, and commits that miss some of them."""

import time

from sqlalchemy import delete, select
from sqlalchemy.orm import sessionmaker

from mine.db import engine
from mine.models import Cart, Load, Shift

Session = sessionmaker(engine)


def the_last_batch_is_lost(loads):
    with Session() as session:
        for n, load in enumerate(loads, 1):
            session.add(Load(**load))  # want SES206
            if n % 500 == 0:
                session.commit()


def a_session_each(loads):
    for load in loads:
        with Session() as session:
            session.add(Load(**load))  # want SES206


def broken_out_of(loads):
    with Session() as session:
        for load in loads:
            session.add(Load(**load))  # want SES206
            if load["last"]:
                break
        else:
            session.commit()


def returned_from(carts):
    with Session() as session:
        for cart in carts:
            session.add(Cart(number=cart))  # want SES206
            if cart == 13:
                return cart
        session.commit()
        return None


def for_ever():
    while True:
        with Session() as session:
            for shift in session.scalars(select(Shift).where(Shift.ended)).all():
                session.delete(shift)  # want SES206
        time.sleep(60)


def after_the_loop(loads, shift_id):
    with Session() as session:
        for load in loads:
            with session.begin():
                session.add(Load(**load))
        session.get(Shift, shift_id).state = "loaded"  # want SES206


def the_rest_is_committed(loads):
    with Session() as session:
        for n, load in enumerate(loads, 1):
            session.add(Load(**load))
            if n % 500 == 0:
                session.commit()
        session.commit()


def once_after_the_loop(loads):
    with Session() as session:
        for load in loads:
            session.add(Load(**load))
        session.commit()


def each_commits(loads):
    for load in loads:
        with Session() as session:
            session.add(Load(**load))
            session.commit()


def begin_each(loads):
    with Session() as session:
        for load in loads:
            with session.begin():
                session.add(Load(**load))


def skipped(loads):
    with Session() as session:
        for load in loads:
            if load["empty"]:
                continue
            session.add(Load(**load))
        session.commit()


def stopped_with_a_rollback(loads):
    with Session() as session:
        for load in loads:
            session.add(Load(**load))
            if load["broken"]:
                session.rollback()
                return False
        session.commit()
        return True


def until_nothing_is_left():
    with Session() as session:
        while True:
            removed = session.execute(delete(Cart).where(Cart.broken)).rowcount
            session.commit()
            if not removed:
                break
