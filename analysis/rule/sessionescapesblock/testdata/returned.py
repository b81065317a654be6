"""What is returned out of a block."""

from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from orchard.db import engine
from orchard.models import Apple, Tree

SessionMaker = sessionmaker(engine)


def the_session():
    with SessionMaker() as session:
        return session  # want SES108


def with_something_else(tree_id):
    with SessionMaker() as session:
        return session, session.get(Tree, tree_id)  # want SES108


def in_a_dict(tree_id):
    with SessionMaker() as session:
        return {"session": session, "tree": session.get(Tree, tree_id)}  # want SES108


def a_query():
    with SessionMaker() as session:
        return session.query(Tree)  # want SES108


def a_filtered_query(kind):
    with Session(engine) as session:
        query = session.query(Apple)
        if kind:
            query = query.filter(Apple.kind == kind)
        return query.order_by(Apple.id)  # want SES108


def a_query_on_one_branch(kind):
    with SessionMaker() as session:
        if kind is None:
            return session.query(Apple)  # want SES108
        return session.query(Apple).filter(Apple.kind == kind).all()


def a_generator():
    with SessionMaker() as session:
        return (session.get(Tree, n) for n in range(10))  # want SES108


def a_lambda():
    with SessionMaker() as session:
        return lambda tree_id: session.get(Tree, tree_id)  # want SES108


def a_function():
    with SessionMaker() as session:
        def find(tree_id):
            return session.get(Tree, tree_id)

        return find  # want SES108


def a_method():
    with SessionMaker() as session:
        return session.execute  # want SES108


def a_map(ids):
    with SessionMaker() as session:
        return map(lambda n: session.get(Tree, n), ids)  # want SES108


def begun(tree_id):
    with SessionMaker.begin() as session:
        session.add(Apple(tree_id=tree_id))
        return session  # want SES108


class Orchard:
    def session(self):
        with SessionMaker() as session:
            return session  # want SES108

    @property
    def trees(self):
        with SessionMaker() as session:
            return session.query(Tree)  # want SES108

    def apples(self, tree_id):
        with SessionMaker() as session:
            return session.query(Apple).filter_by(tree_id=tree_id).all()


def rows():
    with SessionMaker() as session:
        return session.query(Tree).all()


def one_row(tree_id):
    with SessionMaker() as session:
        return session.get(Tree, tree_id)


def a_list():
    with SessionMaker() as session:
        return [session.get(Tree, n) for n in range(10)]


def a_generator_that_is_consumed():
    with SessionMaker() as session:
        return sum(session.get(Tree, n).height for n in range(10))


def a_map_that_is_consumed(ids):
    with SessionMaker() as session:
        return list(map(lambda n: session.get(Tree, n), ids))


def a_count(kind):
    with SessionMaker() as session:
        query = session.query(Apple).filter(Apple.kind == kind)
        return query.count()


def a_statement(kind):
    with SessionMaker() as session:
        session.get(Tree, 1)
        return select(Apple).where(Apple.kind == kind)


def the_text_of_a_query():
    with SessionMaker() as session:
        return str(session.query(Tree))


def a_function_that_is_called(tree_id):
    with SessionMaker() as session:
        def find():
            return session.get(Tree, tree_id)

        return find()


def the_factory():
    with SessionMaker() as session:
        session.get(Tree, 1)
    return SessionMaker


def what_it_found_out():
    with SessionMaker() as session:
        return session.in_transaction(), session.get_bind(), len(session.new)


@contextmanager
def scope():
    with SessionMaker() as session:
        yield session


def dependency():
    with SessionMaker() as session:
        yield session


def rows_one_by_one():
    with SessionMaker() as session:
        for tree in session.query(Tree):
            yield tree


def of_the_caller(session: Session):
    with session.begin():
        return session.query(Tree)


def open_by_hand():
    session = SessionMaker()
    return session, session.query(Tree)
