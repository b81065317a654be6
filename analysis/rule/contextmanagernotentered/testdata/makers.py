"""begin() of factories and engines."""

from contextlib import ExitStack

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from ferry.db import engine
from ferry.models import Boat, Trip

SessionMaker = sessionmaker(engine)


def named(boat_id):
    session = SessionMaker.begin()  # want SES112
    session.add(Trip(boat_id=boat_id))


def not_even_named(boat_id):
    SessionMaker.begin()  # want SES112
    with SessionMaker() as session:
        return session.get(Boat, boat_id)


def of_an_engine(boat_id):
    connection = engine.begin()  # want SES112
    connection.execute(update(Boat).where(Boat.id == boat_id).values(full=True))


def on_one_branch(boat_id, dry_run):
    if dry_run:
        session = SessionMaker.begin()  # want SES112
    else:
        session = SessionMaker.begin()  # want SES112
    return session.get(Boat, boat_id)


def used_in_a_chain(boat_id):
    SessionMaker.begin().add(Trip(boat_id=boat_id))  # want SES112


def entered(boat_id):
    with SessionMaker.begin() as session:
        session.add(Trip(boat_id=boat_id))


def entered_later(boat_id):
    scope = SessionMaker.begin()
    with scope as session:
        session.add(Trip(boat_id=boat_id))


def entered_by_a_stack(boat_id):
    with ExitStack() as stack:
        session = stack.enter_context(SessionMaker.begin())
        session.add(Trip(boat_id=boat_id))


def entered_by_a_stack_later(boat_id):
    scope = SessionMaker.begin()
    with ExitStack() as stack:
        stack.enter_context(scope).add(Trip(boat_id=boat_id))


def entered_on_both_branches(boat_id, two):
    scope = SessionMaker.begin()
    if two:
        with scope as session:
            session.add_all([Trip(boat_id=boat_id), Trip(boat_id=boat_id)])
    else:
        with scope as session:
            session.add(Trip(boat_id=boat_id))


def engine_entered(boat_id):
    with engine.begin() as connection:
        connection.execute(update(Boat).where(Boat.id == boat_id).values(full=True))


def returned():
    return SessionMaker.begin()


def entered_by_the_caller(boat_id):
    with returned() as session:
        session.add(Trip(boat_id=boat_id))


def handed_on(run):
    run(SessionMaker.begin())


class Scope:
    def __enter__(self):
        self.scope = SessionMaker.begin()
        return self.scope.__enter__()

    def __exit__(self, *error):
        return self.scope.__exit__(*error)


def begun_by_hand(boat_id):
    # begin() of a session begins at once, and its transaction may be ended by hand.
    with SessionMaker() as session:
        session.begin()
        session.add(Trip(boat_id=boat_id))
        session.commit()


def transaction_with_a_name(boat_id):
    with SessionMaker() as session:
        transaction = session.begin()
        session.add(Trip(boat_id=boat_id))
        transaction.commit()


def savepoint_by_hand(boat_id):
    with SessionMaker() as session:
        savepoint = session.begin_nested()
        try:
            session.add(Trip(boat_id=boat_id))
            savepoint.commit()
        except ValueError:
            savepoint.rollback()
            raise
        session.commit()


def savepoint_without_a_name(boat_id):
    with SessionMaker() as session:
        session.begin_nested()
        session.add(Trip(boat_id=boat_id))
        session.commit()


def connection_begun_by_hand(boat_id):
    with engine.connect() as connection:
        transaction = connection.begin()
        connection.execute(update(Boat).where(Boat.id == boat_id).values(full=True))
        transaction.commit()


def a_session_is_no_manager_only(boat_id):
    session = Session(engine)
    try:
        return session.scalars(select(Trip).where(Trip.boat_id == boat_id)).all()
    finally:
        session.close()
