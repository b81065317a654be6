"""The ways in which sessions are made."""

import functools

import sqlalchemy.orm
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession
from sqlmodel import select as model_select

from farm.db import SessionLocal, engine
from farm.models import Barn, Field

make_session = functools.partial(Session, engine)
make_quiet_session = functools.partial(sessionmaker(engine), autoflush=False)
registry = scoped_session(sessionmaker(engine))


class AuditedSession(Session):
    pass


def by_class():
    session = Session(engine)  # want SES102
    return session.scalars(select(Field)).all()


def by_keyword():
    session = Session(bind=engine, expire_on_commit=False)  # want SES102
    return session.scalars(select(Field)).all()


def by_full_path():
    session = sqlalchemy.orm.Session(engine)  # want SES102
    return session.query(Field).all()


def by_sqlmodel():
    session = ModelSession(engine)  # want SES102
    return session.exec(model_select(Field)).all()


def by_partial():
    session = make_session()  # want SES102
    return session.scalars(select(Field)).all()


def by_partial_of_a_maker():
    session = make_quiet_session()  # want SES102
    return session.scalars(select(Field)).all()


def by_subclass():
    session = AuditedSession(engine)  # want SES102
    return session.scalars(select(Field)).all()


def by_a_maker_made_here(url):
    maker = sessionmaker(bind=create_engine(url))
    session = maker()  # want SES102
    return session.scalars(select(Field)).all()


def by_a_maker_called_at_once():
    session = sessionmaker(engine)()  # want SES102
    return session.scalars(select(Barn)).all()


def imported():
    session = SessionLocal()  # want SES102
    return session.scalars(select(Barn)).all()


def on_a_connection():
    with engine.connect() as connection:
        session = Session(bind=connection)
        try:
            return session.scalars(select(Barn)).all()
        finally:
            session.close()


def of_a_registry():
    # The registry keeps it, and gives the same one to the next caller.
    session = registry()
    return session.scalars(select(Barn)).all()


def proxy():
    return registry.scalars(select(Barn)).all()


def by_partial_in_a_block():
    with make_session() as session:
        return session.scalars(select(Field)).all()


def by_sqlmodel_in_a_block():
    with ModelSession(engine) as session:
        return session.exec(model_select(Field)).all()


def by_subclass_in_a_block():
    with AuditedSession(engine) as session, session.begin():
        session.add(Field())


def given(session: Session):
    return session.scalars(select(Barn)).all()


def made_elsewhere(sessions):
    return sessions["main"].scalars(select(Barn)).all()


def maker_is_no_session():
    maker = sessionmaker(engine)
    return maker
