"""Blocks in blocks."""

from sqlalchemy import create_engine, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from planetarium.models import Comet, Moon, Planet

engine = create_engine("postgresql+psycopg://localhost/planetarium")
SessionMaker = sessionmaker(engine)


def block_in_block(planet_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Planet, planet_id).seen = True
            with session.begin():  # want SES204
                session.add(Moon(planet_id=planet_id))


def in_a_block_of_the_maker(planet_id):
    with SessionMaker.begin() as session:
        session.get(Planet, planet_id).seen = True
        with session.begin():  # want SES204
            session.add(Moon(planet_id=planet_id))


def on_one_line(planet_id):
    with Session(engine) as session, session.begin():
        with session.begin():  # want SES204
            session.add(Moon(planet_id=planet_id))


def both_on_one_line(planet_id):
    with SessionMaker.begin() as session, session.begin():  # want SES204
        session.add(Moon(planet_id=planet_id))


def by_hand(planet_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Moon(planet_id=planet_id))
            session.begin()  # want SES204
            session.add(Comet())


def in_a_loop(names):
    with SessionMaker() as session:
        with session.begin():
            for name in names:
                try:
                    with session.begin():  # want SES204
                        session.add(Comet(name=name))
                except IntegrityError:
                    raise ValueError(name)


def on_a_branch(planet_id, moon):
    with SessionMaker() as session:
        with session.begin():
            session.get(Planet, planet_id).seen = True
            if moon:
                with session.begin():  # want SES204
                    session.add(Moon(planet_id=planet_id))


def by_another_name(planet_id):
    with SessionMaker() as session:
        db = session
        with session.begin():
            with db.begin():  # want SES204
                db.add(Moon(planet_id=planet_id))


def on_a_connection(rows):
    with engine.begin() as connection:
        with connection.begin():  # want SES204
            connection.execute(insert(Comet), rows)


def on_a_connection_twice(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Comet), rows)
            with connection.begin():  # want SES204
                connection.execute(insert(Moon), rows)


def savepoint(planet_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Planet, planet_id).seen = True
            with session.begin_nested():
                session.add(Moon(planet_id=planet_id))


def savepoint_by_argument(planet_id):
    with SessionMaker() as session:
        with session.begin():
            with session.begin(nested=True):
                session.add(Moon(planet_id=planet_id))


def savepoint_in_a_savepoint(planet_id):
    with SessionMaker.begin() as session:
        with session.begin_nested():
            with session.begin_nested():
                session.add(Moon(planet_id=planet_id))


def of_another_session(planet_id):
    with SessionMaker() as session, SessionMaker() as other:
        with session.begin():
            with other.begin():
                other.add(Moon(planet_id=planet_id))
            session.get(Planet, planet_id).seen = True


def on_one_line_of_two(planet_id):
    with SessionMaker() as session, SessionMaker() as other:
        with session.begin(), other.begin():
            session.get(Planet, planet_id).seen = True
            other.add(Moon(planet_id=planet_id))


def one_after_the_other(planet_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Planet, planet_id).seen = True
        with session.begin():
            session.add(Moon(planet_id=planet_id))


def a_session_in_a_block(planet_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Planet, planet_id).seen = True
            with SessionMaker() as session:
                with session.begin():
                    session.add(Moon(planet_id=planet_id))


def in_a_function_for_later(planet_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Planet, planet_id).seen = True

            def later():
                with SessionMaker.begin() as other:
                    other.add(Moon(planet_id=planet_id))

        return later


def savepoint_on_a_connection(rows):
    with engine.begin() as connection:
        with connection.begin_nested():
            connection.execute(insert(Comet), rows)


def session_within_a_connection(rows):
    with engine.begin() as connection:
        with Session(bind=connection) as session:
            with session.begin():
                session.execute(insert(Comet), rows)


def asked_first(session: Session):
    if session.in_transaction():
        return session.scalars(select(Planet)).all()
    with session.begin():
        return session.scalars(select(Planet)).all()
