"""One name for several sessions, in turn."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from mill.db import engine
from mill.models import Batch, Grain, Silo

Session = sessionmaker(engine)


def three_in_turn(silo_id):
    with Session() as session:
        silo = session.get(Silo, silo_id)
    with Session() as session:
        grains = session.scalars(select(Grain)).all()
    for grain in grains:
        session.add(Batch(silo_id=silo.id, grain_id=grain.id))  # want SES101
    with Session() as session:
        return session.scalars(select(Batch)).all()


def second_name(silo_id):
    with Session() as session:
        db = session
        silo = db.get(Silo, silo_id)
    return silo, db.scalars(select(Batch)).all()  # want SES101


def name_before_the_with(silo_id):
    session = Session()
    with session:
        silo = session.get(Silo, silo_id)
    return silo, session.scalars(select(Batch)).all()  # want SES101


def name_before_and_as(silo_id):
    factory_made = Session()
    with factory_made as session:
        silo = session.get(Silo, silo_id)
    return silo, factory_made.get(Grain, silo.grain_id)  # want SES101


def swapped():
    first = Session()
    second = Session()
    first, second = second, first
    second.close()
    grains = second.scalars(select(Grain)).all()  # want SES101
    first.close()
    return grains


def walrus(silo_id):
    with (session := Session()):
        silo = session.get(Silo, silo_id)
    session.delete(silo)  # want SES101


def bound_anew(silo_id):
    with Session() as session:
        silo = session.get(Silo, silo_id)
    session = Session()  # want SES102 warning
    batches = session.scalars(select(Batch).where(Batch.silo_id == silo.id)).all()
    session.close()
    return batches


def opened_anew(silo_id):
    with Session() as session:
        silo = session.get(Silo, silo_id)
    with Session() as session:
        return session.scalars(select(Batch).where(Batch.silo_id == silo.id)).all()


def entered_again(silo_id):
    session = Session()
    with session:
        silo = session.get(Silo, silo_id)
    with session:
        return session.scalars(select(Batch).where(Batch.silo_id == silo.id)).all()


def something_else_now(silo_id, client):
    with Session() as session:
        silo = session.get(Silo, silo_id)
    session = client.session(silo.name)
    session.execute("refill")
    return session.get("level")


def loop_variable(sessions):
    with Session() as session:
        n = len(session.scalars(select(Batch)).all())
    for session in sessions:
        session.execute(select(Grain))
    return n


def deleted_name(silo_id):
    with Session() as session:
        silo = session.get(Silo, silo_id)
    del session
    return silo


def one_inside_the_other(silo_id):
    with Session() as session:
        with Session() as other:
            grain = other.get(Grain, 1)
        session.add(Batch(silo_id=silo_id, grain_id=grain.id))
        session.commit()
