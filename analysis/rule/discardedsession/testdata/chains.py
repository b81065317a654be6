"""Sessions in the middle of an expression."""

import logging

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from market.db import engine
from market.models import Offer, Stall

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(bind=engine)


def all_stalls():
    return SessionLocal().query(Stall).order_by(Stall.name).all()  # want SES103


def stall(stall_id):
    return Session(engine).get(Stall, stall_id)  # want SES103


def how_many():
    return SessionLocal().execute(select(func.count(Stall.id))).scalar_one()  # want SES103


def print_offers():
    for offer in SessionLocal().scalars(select(Offer)):  # want SES103
        log.info("%s", offer.price)


def is_known(name):
    if SessionLocal().scalar(select(Stall.id).where(Stall.name == name)):  # want SES103
        return True
    return False


def names():
    return [s.name for s in Session(engine).scalars(select(Stall))]  # want SES103


def over_two_lines(name):
    return (
        SessionLocal()  # want SES103
        .query(Stall)
        .filter(Stall.name == name)
        .one_or_none()
    )


def in_an_argument(stall_id):
    log.info("%s", SessionLocal().get(Stall, stall_id))  # want SES103


def in_an_f_string():
    return f"{SessionLocal().query(Offer).count()} offers"  # want SES103


def twice():
    stalls = SessionLocal().query(Stall).all()  # want SES103
    return stalls, SessionLocal().query(Offer).all()  # want SES103


def a_maker_in_between():
    return sessionmaker(engine)().query(Stall).first()  # want SES103


def lambda_with_its_own():
    return lambda name: SessionLocal().query(Stall).filter_by(name=name).first()  # want SES103


def in_a_block(name):
    with SessionLocal() as session:
        return session.query(Stall).filter(Stall.name == name).one_or_none()


def closed_at_once():
    SessionLocal().close()


def all_closed_at_once():
    Session(engine).rollback()


def transaction_of_a_temporary(stall_id):
    # The transaction ends with the block, and the connection goes back.
    with Session(engine).begin() as transaction:
        transaction.session.execute(update(Stall).where(Stall.id == stall_id).values(open=True))


def begun_by_the_maker(stall_id):
    with SessionLocal.begin() as session:
        session.execute(update(Stall).where(Stall.id == stall_id).values(open=True))


def asks_for_its_bind():
    return SessionLocal().get_bind().dialect.name


def statement_of_a_query():
    return str(SessionLocal().query(Stall).statement)


def whether_it_is_new():
    return SessionLocal().in_transaction()


def returned():
    return SessionLocal()


def in_a_list():
    return [SessionLocal(), SessionLocal()]


def of_another_library(client):
    return client.Session().query("stalls").all()


def in_the_middle_of_a_with(name):
    with SessionLocal() as session, session.begin():
        session.add(Stall(name=name))


def subquery(name):
    with SessionLocal() as session:
        return session.scalars(select(Offer).where(Offer.stall.has(Stall.name == name))).all()
