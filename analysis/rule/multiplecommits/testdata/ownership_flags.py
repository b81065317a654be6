"""Sessions that are perhaps handed in."""

from typing import Optional

from sqlalchemy.orm import Session, sessionmaker

from school.db import engine
from school.models import Course, Pupil

SessionLocal = sessionmaker(engine)


def enrol(name, session: Optional[Session] = None):
    own = session is None
    if own:
        session = SessionLocal()  # want SES102 warning
    pupil = Pupil(name=name)
    session.add(pupil)
    session.commit()
    if own:
        session.close()
    return name


def commit_if_own(name, session: Optional[Session] = None):
    own = session is None
    if own:
        session = SessionLocal()  # want SES102 warning
    session.add(Pupil(name=name))
    if own:
        session.commit()
    else:
        session.flush()
    if own:
        session.close()


def commit_either_way(name, session=None):
    if session is None:
        with SessionLocal() as session:
            session.add(Pupil(name=name))
            session.commit()
    else:
        session.add(Pupil(name=name))
        session.commit()


def two_commits_if_own(name, session=None):
    own = session is None
    if own:
        session = SessionLocal()
    try:
        session.add(Pupil(name=name))
        session.commit()
        session.add(Course(name=name))
        session.commit()  # want SES201
    finally:
        if own:
            session.close()


def two_commits_with_or(name, session=None):
    session = session or SessionLocal()  # want SES102 warning
    session.add(Pupil(name=name))
    session.commit()
    session.add(Course(name=name))
    session.commit()  # want SES201
    session.close()
