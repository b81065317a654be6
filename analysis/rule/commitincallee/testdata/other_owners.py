"""Sessions that are nobody's parameter, and what is no session."""

import sqlite3

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from aquarium.db import engine
from aquarium.models import Fish

db = SQLAlchemy()
SessionMaker = sessionmaker(engine)
Scoped = scoped_session(SessionMaker)


def feed_and_commit(session: Session, fish_id):
    session.get(Fish, fish_id).fed = True
    session.commit()  # want SES209


def of_flask(fish_id):
    db.session.get(Fish, fish_id).fed = True
    db.session.commit()


def of_the_registry(fish_id):
    Scoped.get(Fish, fish_id).fed = True
    Scoped.commit()


def of_sqlite(connection: sqlite3.Connection):
    connection.execute("DELETE FROM fish")
    connection.commit()
    connection.close()


@pytest.fixture
def session():
    with SessionMaker() as session:
        yield session
        session.rollback()


def caller(fish_id):
    with SessionMaker() as session:
        feed_and_commit(session, fish_id)
