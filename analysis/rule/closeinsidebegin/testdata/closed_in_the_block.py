"""A close in a begin block, and one that stands where it belongs."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from dairy.db import engine
from dairy.models import Cow, Delivery, Tank

SessionMaker = sessionmaker(engine)


def at_the_end(cow_id):
    session = SessionMaker()
    with session.begin():
        session.get(Cow, cow_id).milked = True
        session.close()  # want SES211


def of_the_maker(cow_id):
    with SessionMaker.begin() as session:
        session.add(Delivery(cow_id=cow_id))
        session.close()  # want SES211


def in_one_line(cow_id):
    with Session(engine) as session, session.begin():
        session.add(Delivery(cow_id=cow_id))
        session.flush()
        session.close()  # want SES211


def in_a_finally(cow_id):
    with SessionMaker.begin() as session:
        try:
            session.get(Cow, cow_id).milked = True
        finally:
            session.close()  # want SES211


def on_one_branch(cow_id):
    with SessionMaker() as session:
        with session.begin():
            cow = session.get(Cow, cow_id)
            cow.seen = True
            if cow.dry:
                session.close()  # want SES211
                return None
            return cow.milk


def in_a_loop(cow_ids):
    with SessionMaker() as session:
        for cow_id in cow_ids:
            with session.begin():
                session.get(Cow, cow_id).milked = True
                session.close()  # want SES211


def used_after_it(cow_id):
    # One cause: what follows the close raises.
    with SessionMaker() as session:
        with session.begin():
            session.get(Cow, cow_id).milked = True
            session.close()  # want SES211
            session.add(Delivery(cow_id=cow_id))


def after_the_block(cow_id):
    session = SessionMaker()
    with session.begin():
        session.get(Cow, cow_id).milked = True
    session.close()


def in_a_finally_around_it(cow_id):
    session = SessionMaker()
    try:
        with session.begin():
            session.get(Cow, cow_id).milked = True
    finally:
        session.close()


def committed_first(cow_id):
    session = SessionMaker()
    with session.begin():
        session.get(Cow, cow_id).milked = True
        session.commit()
        session.close()


def rolled_back_first(cow_id):
    session = SessionMaker()
    with session.begin():
        session.get(Cow, cow_id).milked = True
        session.flush()
        session.rollback()
        session.close()


def of_another_session(cow_id):
    with SessionMaker.begin() as session:
        other = SessionMaker()
        try:
            tank = other.scalar(select(Tank.id).limit(1))
        finally:
            other.close()
        session.add(Delivery(cow_id=cow_id, tank_id=tank))


def of_a_file(path):
    with SessionMaker.begin() as session:
        file = open(path, encoding="utf-8")
        session.add(Delivery(text=file.read()))
        file.close()


def of_a_connection_pool(pool, cow_id):
    with SessionMaker.begin() as session:
        session.get(Cow, cow_id).milked = True
        pool.close()


def of_an_object(cow_id):
    with SessionMaker.begin() as session:
        tank = session.get(Tank, cow_id)
        tank.close()


def in_a_savepoint(cow_id):
    with SessionMaker() as session:
        with session.begin_nested():
            session.add(Delivery(cow_id=cow_id))
        session.commit()
        session.close()


def without_a_block(cow_id):
    session = SessionMaker()
    try:
        session.get(Cow, cow_id).milked = True
        session.commit()
    finally:
        session.close()


def not_called(cow_id):
    with SessionMaker.begin() as session:
        session.add(Delivery(cow_id=cow_id, on_arrival=session.close))


def detached_only(cow_id):
    with SessionMaker.begin() as session:
        cow = session.get(Cow, cow_id)
        session.flush()
        session.expunge(cow)
        return cow
