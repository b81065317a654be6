"""begin() of something else, and sessions of Flask and SQLModel."""

from contextlib import ExitStack, nullcontext

import sqlite3
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import scoped_session, sessionmaker
from sqlmodel import Session as ModelSession

from theatre.db import engine
from theatre.models import Play, Ticket

db = SQLAlchemy()
SessionMaker = sessionmaker(engine)
Scoped = scoped_session(sessionmaker(engine))


def with_flask(play_id):
    with db.session.begin():
        db.session.get(Play, play_id).sold += 1
        with db.session.begin():  # want SES204
            db.session.add(Ticket(play_id=play_id))


def with_a_scoped_session(play_id):
    with Scoped.begin():
        with Scoped.begin():  # want SES204
            Scoped.add(Ticket(play_id=play_id))


def with_sqlmodel(play_id):
    with ModelSession(engine) as session, session.begin():
        with session.begin():  # want SES204
            session.add(Ticket(play_id=play_id))


def on_a_stack(play_id):
    with ExitStack() as stack:
        session = stack.enter_context(SessionMaker())
        stack.enter_context(session.begin())
        with session.begin():  # want SES204
            session.add(Ticket(play_id=play_id))


def with_flask_and_a_savepoint(play_id):
    with db.session.begin():
        with db.session.begin_nested():
            db.session.add(Ticket(play_id=play_id))


def only_if_needed(play_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Play, play_id).sold += 1
            with nullcontext() if session.in_transaction() else session.begin():
                session.add(Ticket(play_id=play_id))


def of_an_animation(stage, play_id):
    with SessionMaker.begin() as session:
        with stage.begin():
            session.get(Play, play_id).sold += 1


def of_sqlite(path, play_id):
    with SessionMaker.begin() as session:
        with sqlite3.connect(path) as connection:
            connection.execute("BEGIN")
            session.add(Ticket(play_id=play_id))
