"""What puts a session into a transaction, and what does not."""

import logging

from sqlalchemy import func, insert, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, sessionmaker
from sqlmodel import Session as ModelSession

from orchard.db import engine
from orchard.models import Picker, Row, Tree

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def a_query(row_id):
    with SessionMaker() as session:
        trees = session.scalars(select(Tree).where(Tree.row_id == row_id)).all()
        with session.begin():  # want SES203
            for tree in trees:
                tree.pruned = True


def an_old_query(row_id):
    with SessionMaker() as session:
        trees = session.query(Tree).filter_by(row_id=row_id).all()
        with session.begin():  # want SES203
            for tree in trees:
                session.delete(tree)


def a_get(row_id):
    with Session(engine) as session:
        if session.get(Row, row_id) is None:
            return
        with session.begin():  # want SES203
            session.add(Tree(row_id=row_id))


def an_add(row_id):
    with SessionMaker() as session:
        tree = Tree(row_id=row_id)
        session.add(tree)
        with session.begin():  # want SES203
            tree.planted = True


def a_delete(tree):
    with SessionMaker() as session:
        session.delete(tree)
        with session.begin():  # want SES203
            session.add(Row())


def a_statement(rows):
    with SessionMaker() as session:
        session.execute(insert(Tree), rows)
        with session.begin():  # want SES203
            session.add(Row(trees=len(rows)))


def a_merge(tree):
    with SessionMaker() as session:
        tree = session.merge(tree)
        with session.begin():  # want SES203
            tree.planted = True


def its_connection():
    with SessionMaker() as session:
        session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
        with session.begin():  # want SES203
            session.add(Row())


def a_savepoint(row_id):
    with SessionMaker() as session:
        with session.begin_nested():
            session.add(Tree(row_id=row_id))
        with session.begin():  # want SES203
            session.add(Row())


def begun_by_hand(row_id):
    session = SessionMaker()
    try:
        session.begin()
        session.add(Tree(row_id=row_id))
        session.begin()  # want SES203
        session.add(Row())
        session.commit()
    finally:
        session.close()


def swallowed(row_id):
    # The error is logged, and nothing is ever pruned.
    with SessionMaker() as session:
        row = session.get(Row, row_id)
        try:
            with session.begin():  # want SES203
                row.pruned = True
        except InvalidRequestError:
            log.exception("row %d is not pruned", row_id)


def with_sqlmodel(row_id):
    with ModelSession(engine) as session:
        row = session.get(Row, row_id)
        with session.begin():  # want SES203
            row.pruned = True


def in_one_line(row_id):
    session = SessionMaker()
    session.add(Tree(row_id=row_id))
    with session, session.begin():  # want SES203
        session.get(Row, row_id).pruned = True


def inside_the_block(row_id):
    with SessionMaker() as session:
        with session.begin():
            for tree in session.scalars(select(Tree).where(Tree.row_id == row_id)):
                tree.pruned = True


def a_query_that_is_not_run(row_id):
    with SessionMaker() as session:
        query = session.query(Tree).filter_by(row_id=row_id)
        statement = select(func.count(Row.id))
        with session.begin():
            query.update({"pruned": True})
            session.scalar(statement)


def a_new_object(row_id):
    with SessionMaker() as session:
        tree = Tree(row_id=row_id)
        tree.planted = True
        with session.begin():
            session.add(tree)


def calls_that_need_no_transaction(row_id):
    with SessionMaker() as session:
        session.flush()
        session.expire_all()
        session.expunge_all()
        log.debug("%s %s", session.is_active, session.get_bind())
        with session.begin():
            session.add(Tree(row_id=row_id))


def after_a_commit(row_id):
    with SessionMaker() as session:
        count = session.scalar(select(func.count(Tree.id)))
        session.commit()
        with session.begin():
            session.add(Row(number=count))


def after_a_rollback(row_id):
    with SessionMaker() as session:
        count = session.scalar(select(func.count(Tree.id)))
        session.rollback()
        with session.begin():
            session.add(Row(number=count))


def after_a_close(row_id):
    with SessionMaker() as session:
        count = session.scalar(select(func.count(Tree.id)))
        session.close()
        with session.begin():
            session.add(Row(number=count))


def a_savepoint_instead(row_id):
    with SessionMaker() as session:
        row = session.get(Row, row_id)
        with session.begin_nested():
            row.pruned = True
        session.commit()


def asked_first(row_id):
    with SessionMaker() as session:
        row = session.get(Row, row_id)
        if not session.in_transaction():
            session.begin()
        row.pruned = True
        session.commit()


def one_or_the_other(session: Session, row_id):
    with session.begin_nested() if session.in_transaction() else session.begin():
        session.add(Tree(row_id=row_id))


def another_session(row_id):
    with SessionMaker() as reader, SessionMaker() as session:
        picker = reader.scalar(select(Picker.id).limit(1))
        with session.begin():
            session.add(Tree(row_id=row_id, picker_id=picker))


def without_autobegin(row_id):
    with Session(engine, autobegin=False) as session:
        with session.begin():
            session.get(Row, row_id).pruned = True
        with session.begin():
            session.add(Tree(row_id=row_id))


def nested_begin_by_argument(row_id):
    with SessionMaker() as session:
        session.add(Tree(row_id=row_id))
        with session.begin(nested=True):
            session.add(Row())
        session.commit()
