"""Sessions that belong to someone else."""

from typing import Annotated, Optional

import pytest
from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from cinema.db import engine, get_db, scoped
from cinema.models import Film, Seat, Show

SessionLocal = sessionmaker(engine)
SessionDep = Annotated[Session, Depends(get_db)]


def given(session: Session, film_id):
    session.execute(select(Film).where(Film.id == film_id))
    session.close()
    return session.scalars(select(Show)).all()


def given_without_a_type(session, film_id):
    with session:
        session.get(Film, film_id)
    return session.scalars(select(Show)).all()


def route(film_id: int, db: Session = Depends(get_db)):
    film = db.get(Film, film_id)
    db.close()
    return film, db.scalars(select(Show)).all()


def annotated_route(film_id: int, db: SessionDep):
    film = db.get(Film, film_id)
    db.close()
    db.add(Show(film_id=film.id))


def optional(film_id: int, db: Optional[Session] = None):
    if db is not None:
        db.close()
        return db.get(Film, film_id)
    return None


class Repository:
    def __init__(self, session: Session):
        self.session = session

    def films(self):
        self.session.close()
        return self.session.scalars(select(Film)).all()

    def shows(self):
        with self.session as session:
            session.scalars(select(Show)).all()
        return self.session.scalars(select(Show)).all()


@pytest.fixture
def session():
    with SessionLocal() as session:
        yield session
        session.rollback()


def dependency():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


def handed_back(film_id):
    session = SessionLocal()  # want SES102 warning
    session.get(Film, film_id)
    session.close()
    session.add(Film(id=film_id))
    return session


def kept_by_another(holder, film_id):
    session = SessionLocal()
    holder.session = session
    session.close()
    return session.get(Film, film_id)


def closed_by_the_callee(film_id, finish):
    with SessionLocal() as session:
        session.get(Film, film_id)
    seats = session.scalars(select(Seat)).all()
    finish(session)
    return seats


def proxy(film_id):
    scoped.remove()
    return scoped.get(Film, film_id)


def from_the_engine(film_id):
    with engine.connect() as connection:
        connection.execute(select(Film))
    return film_id
