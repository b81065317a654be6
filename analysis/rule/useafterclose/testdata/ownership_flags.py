"""Functions that close the session only if they opened it themselves."""

from typing import Optional

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from hotel.db import engine
from hotel.models import Guest, Room

SessionLocal = sessionmaker(engine)


def free_rooms(session=None):
    own = session is None
    if own:
        session = SessionLocal()
    try:
        return session.scalars(select(Room).where(Room.guest_id.is_(None))).all()
    finally:
        if own:
            session.close()


def check_in(name, session: Optional[Session] = None):
    close_session = False
    if session is None:
        session = SessionLocal()  # want SES102 warning
        close_session = True
    session.add(Guest(name=name))
    session.commit()
    if close_session:
        session.close()
    return name


def check_out(guest_id, session: Session | None = None):
    session, own = (session, False) if session else (SessionLocal(), True)
    guest = session.get(Guest, guest_id)
    session.delete(guest)
    session.commit()
    if own:
        session.close()


def with_or(guest_id, session=None):
    db = session or SessionLocal()  # want SES102 warning
    guest = db.get(Guest, guest_id)
    if not session:
        db.close()
    return guest


def returns_early(guest_id, session=None):
    if session is not None:
        return session.get(Guest, guest_id)
    with SessionLocal() as session:
        return session.get(Guest, guest_id)


def calls_itself(guest_id, session=None):
    if session is None:
        with SessionLocal() as session:
            return calls_itself(guest_id, session)
    return session.get(Guest, guest_id)


def flag_is_set_first(guest_id, session=None):
    _close_db = session is None
    session = session or SessionLocal()  # want SES102 warning
    guest = session.get(Guest, guest_id)
    if _close_db:
        session.close()
    if not _close_db:
        session.refresh(guest)
    return guest


def closed_then_used(guest_id, session=None):
    own = session is None
    if own:
        session = SessionLocal()
    guest = session.get(Guest, guest_id)
    if own:
        session.close()
    return guest, session.scalars(select(Room)).all()  # want SES101


def own_branch_goes_on(guest_id, session=None):
    if session is None:
        session = SessionLocal()  # want SES102 warning
        session.get(Guest, guest_id)
        session.close()
    session.add(Room(guest_id=guest_id))  # want SES101


def wrong_way_round(guest_id, session=None):
    own = session is None
    if own:
        session = SessionLocal()
    guest = session.get(Guest, guest_id)
    if own:
        session.close()
        session.refresh(session.merge(guest))  # want SES101
    return guest
