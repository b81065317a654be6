"""What can and what cannot follow a commit or a rollback in a begin block."""

import logging

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from toll.db import engine
from toll.models import Bridge, Passage, Tariff

SessionMaker = sessionmaker(engine)
Keeping = sessionmaker(engine, expire_on_commit=False)
log = logging.getLogger(__name__)


def add(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()
            session.add(Passage(bridge_id=bridge_id))  # want SES205


def query(bridge_id):
    with SessionMaker() as session, session.begin():
        session.get(Bridge, bridge_id).open = True
        session.commit()
        return session.scalars(select(Passage).where(Passage.bridge_id == bridge_id)).all()  # want SES205


def statement(bridge_id):
    with Session(engine) as session, session.begin():
        session.get(Bridge, bridge_id).open = False
        session.commit()
        session.execute(delete(Passage).where(Passage.bridge_id == bridge_id))  # want SES205


def second_commit(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()
            session.commit()  # want SES205


def refresh(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            bridge = session.get(Bridge, bridge_id)
            bridge.open = True
            session.commit()
            session.refresh(bridge)  # want SES205


def expired_attribute(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            bridge = session.get(Bridge, bridge_id)
            bridge.open = True
            session.commit()
            log.info("%s is open", bridge.name)  # want SES205


def attribute_set(bridge_id):
    with Keeping() as session:
        with session.begin():
            bridge = session.get(Bridge, bridge_id)
            bridge.open = True
            session.commit()
            bridge.state = "green"  # want SES205


def after_a_rollback(bridge_id, form):
    with SessionMaker() as session:
        with session.begin():
            bridge = session.get(Bridge, bridge_id)
            bridge.tariff = form["tariff"]
            if bridge.toll_free:
                session.rollback()
            session.add(Tariff(bridge_id=bridge_id))  # want SES205


def of_the_maker(bridge_id):
    with SessionMaker.begin() as session:
        session.add(Passage(bridge_id=bridge_id))
        session.commit()
        session.add(Tariff(bridge_id=bridge_id))  # want SES205


def of_the_transaction(bridge_id):
    with SessionMaker() as session:
        with session.begin() as transaction:
            session.add(Passage(bridge_id=bridge_id))
            transaction.commit()
            session.add(Tariff(bridge_id=bridge_id))  # want SES205


def savepoint(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Passage(bridge_id=bridge_id))
            session.commit()
            with session.begin_nested():  # want SES205
                session.add(Tariff(bridge_id=bridge_id))


def the_first_use_is_blamed(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.add(Passage(bridge_id=bridge_id))
            session.commit()
            session.add(Tariff(bridge_id=bridge_id))  # want SES205
            session.flush()
            session.commit()


def last_in_the_block(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()


def rolled_back_last(bridge_id, form):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).tariff = form["tariff"]
            session.flush()
            session.rollback()


def harmless_after(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()
            session.expunge_all()
            log.info("%s %s", session.is_active, session.in_transaction())


def without_the_database_after(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()
            log.info("bridge %d is open", bridge_id)
            statement = select(Bridge).where(Bridge.id == bridge_id)
            passages = session.query(Passage)
            print(statement, passages)


def not_expired(bridge_id):
    with Keeping() as session:
        with session.begin():
            bridge = session.get(Bridge, bridge_id)
            bridge.open = True
            session.commit()
            log.info("%s is open", bridge.name)


def after_the_block(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()
        session.add(Passage(bridge_id=bridge_id))
        session.commit()


def another_session(bridge_id):
    with SessionMaker() as session, SessionMaker() as other:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            session.commit()
            other.add(Passage(bridge_id=bridge_id))
            other.commit()


def commit_of_another_session(bridge_id):
    with SessionMaker() as session, SessionMaker() as other:
        with session.begin():
            session.get(Bridge, bridge_id).open = True
            other.add(Passage(bridge_id=bridge_id))
            other.commit()
            session.add(Tariff(bridge_id=bridge_id))


def rollback_of_a_savepoint(bridge_id):
    with SessionMaker() as session:
        with session.begin():
            with session.begin_nested() as savepoint:
                session.add(Passage(bridge_id=bridge_id))
                savepoint.rollback()
            session.add(Tariff(bridge_id=bridge_id))


def no_block(bridge_id):
    with SessionMaker() as session:
        session.get(Bridge, bridge_id).open = True
        session.commit()
        return session.scalars(select(Passage)).all()
