"""What is written by a session that nobody can commit any more."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session, sessionmaker

from market.db import engine
from market.models import Offer, Stall

SessionLocal = sessionmaker(bind=engine)


def close_stall(stall_id):
    SessionLocal().execute(update(Stall).where(Stall.id == stall_id).values(open=False))  # want SES103, SES206


def forget_offers(stall_id):
    SessionLocal().query(Offer).filter(Offer.stall_id == stall_id).delete()  # want SES103, SES206


def add_stall(name):
    # Nothing was sent, so no connection is held; but the row is lost.
    SessionLocal().add(Stall(name=name))  # want SES206


def forget_offers_in_a_block(stall_id):
    with SessionLocal.begin() as session:
        session.execute(delete(Offer).where(Offer.stall_id == stall_id))


def add_stall_in_a_block(name):
    with Session(engine) as session, session.begin():
        session.add(Stall(name=name))


def close_stall_in_a_block(stall_id):
    with SessionLocal() as session:
        session.execute(update(Stall).where(Stall.id == stall_id).values(open=False))
        session.commit()
