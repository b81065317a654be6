"""A use counts on the paths that lead to it from a close, and on no other."""

import sys

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from port.db import engine
from port.models import Berth, Crane, Ship

SessionMaker = sessionmaker(engine)


def on_one_branch(ship_id, details):
    with SessionMaker() as session:
        ship = session.get(Ship, ship_id)
    if details:
        return session.scalars(select(Berth).where(Berth.ship_id == ship.id)).all()  # want SES101
    return []


def on_both(ship_id, crane):
    with SessionMaker() as session:
        ship = session.get(Ship, ship_id)
    if crane:
        found = session.scalars(select(Crane)).all()  # want SES101
    else:
        found = session.scalars(select(Berth)).all()
    return ship, found


def closed_on_one(ship_id, done):
    session = SessionMaker()  # want SES102
    ship = session.get(Ship, ship_id)
    if done:
        session.close()
    berth = session.get(Berth, ship.berth_id)  # want SES101
    return berth


def after_a_handler(ship_id):
    session = SessionMaker()  # want SES102
    try:
        ship = session.get(Ship, ship_id)
        ship.arrived = True
        session.commit()
    except SQLAlchemyError:
        session.close()
    session.add(Berth(ship_id=ship_id))  # want SES101
    session.flush()


def either_result(ship_id):
    with SessionMaker() as session:
        ship = session.get(Ship, ship_id)
    return ship if ship.known else session.scalar(select(Ship))  # want SES101


def match_arm(ship_id, kind):
    with SessionMaker() as session:
        ship = session.get(Ship, ship_id)
    match kind:
        case "crane":
            return session.get(Crane, ship.crane_id)  # want SES101
        case _:
            return ship


def in_the_handler(ship_id):
    try:
        with SessionMaker() as session:
            session.get(Ship, ship_id).depart()
            session.commit()
    except RuntimeError as error:
        session.add(Ship(error=str(error)))  # want SES101


def in_the_finally(ship_id):
    try:
        with SessionMaker() as session:
            return session.get(Ship, ship_id)
    finally:
        print(session.scalar(select(Berth.id)))  # want SES101


def returned_before(ship_id, done):
    session = SessionMaker()  # want SES102 warning
    ship = session.get(Ship, ship_id)
    if done:
        session.close()
        return ship
    ship.berth_id = None
    session.commit()
    session.close()


def raised_before(ship_id):
    session = SessionMaker()  # want SES102 warning
    ship = session.get(Ship, ship_id)
    if ship is None:
        session.close()
        raise LookupError(ship_id)
    berth = session.get(Berth, ship.berth_id)
    session.close()
    return berth


def left_the_program(ship_id):
    session = SessionMaker()  # want SES102 warning
    ship = session.get(Ship, ship_id)
    if ship is None:
        session.close()
        sys.exit("no such ship")
    berth = session.get(Berth, ship.berth_id)
    session.close()
    return berth


def other_branch(ship_id, fast):
    if fast:
        with SessionMaker() as session:
            return session.get(Ship, ship_id)
    else:
        session = SessionMaker()  # want SES102 warning
        ship = session.get(Ship, ship_id)
        session.close()
        return ship


def remembered_by_a_flag(ship_id, keep):
    session = SessionMaker()  # want SES102 warning
    ship = session.get(Ship, ship_id)
    closed = False
    if not keep:
        session.close()
        closed = True
    if not closed:
        berth = session.get(Berth, ship.berth_id)
        session.close()
        return berth
    return None


def same_condition(ship_id, keep):
    session = SessionMaker()  # want SES102 warning
    ship = session.get(Ship, ship_id)
    if not keep:
        session.close()
    if keep:
        berth = session.get(Berth, ship.berth_id)
        session.close()
        return berth
    return ship


def never_there(ship_id):
    with SessionMaker() as session:
        return session.get(Ship, ship_id)
    return session.get(Berth, ship_id)
