"""A scoped session is a registry, and no context manager."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker

from bees.db import engine
from bees.models import Hive

app = Flask(__name__)
db = SQLAlchemy(app)
Session = scoped_session(sessionmaker(engine))


def hives():
    with Session as session:  # want SES402
        return session.scalars(select(Hive)).all()


def hives_unnamed():
    with Session:  # want SES402
        return Session.scalars(select(Hive)).all()


@app.get("/hives")
def hives_of_the_application():
    with db.session as session:  # want SES402
        return {"hives": session.scalars(select(Hive.name)).all()}


class Hives:
    def __init__(self):
        self.sessions = scoped_session(sessionmaker(engine))

    def all(self):
        with self.sessions as session:  # want SES402
            return session.scalars(select(Hive)).all()

    def first(self):
        with self.sessions() as session:
            return session.scalars(select(Hive)).first()


def called():
    with Session() as session:
        return session.scalars(select(Hive)).all()


def begun(name):
    with Session.begin():
        Session.add(Hive(name=name))
    Session.remove()


def begun_in_the_application(name):
    with db.session.begin():
        db.session.add(Hive(name=name))


def savepoint(name):
    with Session.begin_nested():
        Session.add(Hive(name=name))
    Session.commit()
    Session.remove()


def not_flushed():
    with Session.no_autoflush:
        found = Session.scalars(select(Hive)).all()
    Session.remove()
    return found


def removed():
    try:
        return Session.scalars(select(Hive)).all()
    finally:
        Session.remove()


def in_an_application_context():
    with app.app_context():
        return db.session.scalars(select(Hive)).all()
