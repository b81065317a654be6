"""What is stored out of a block."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from orchard.db import engine
from orchard.models import Apple, Tree

SessionMaker = sessionmaker(engine)


class Orchard:
    def __init__(self):
        with SessionMaker() as session:
            self.session = session  # want SES108

    def apples(self):
        return self.session.scalars(select(Apple)).all()


class Report:
    def prepare(self):
        with SessionMaker() as session:
            self.query = session.query(Tree)  # want SES108

    def build(self):
        return [tree.name for tree in self.query]


class Finder:
    def prepare(self):
        with SessionMaker.begin() as session:
            self.find = lambda n: session.get(Tree, n)  # want SES108


def on_another_object(holder):
    with SessionMaker() as session:
        holder.session = session  # want SES108


def in_a_list_of_the_caller(sessions):
    with SessionMaker() as session:
        sessions.append(session)  # want SES108


def in_a_dict_of_the_caller(cache, name):
    with SessionMaker() as session:
        cache[name] = session  # want SES108


class Loads:
    def __init__(self):
        with SessionMaker() as session:
            self.trees = session.scalars(select(Tree)).all()


class Counts:
    def __init__(self):
        with SessionMaker() as session:
            self.count = session.query(Tree).count()


class Temporary:
    """Has it only as long as the block lasts."""

    def run(self):
        with SessionMaker() as session:
            self.session = session
            try:
                return self.trees()
            finally:
                self.session = None

    def trees(self):
        return self.session.scalars(select(Tree)).all()


class Manager:
    def __enter__(self):
        self._scope = SessionMaker()
        return self._scope.__enter__()

    def __exit__(self, *error):
        return self._scope.__exit__(*error)


def in_a_list_of_its_own():
    with SessionMaker() as session:
        sessions = [session]
        return [s.get(Tree, 1) for s in sessions]


def under_another_name():
    with SessionMaker() as session:
        db = session
        return db.scalars(select(Tree)).all()


def a_statement(cache):
    with SessionMaker() as session:
        session.get(Tree, 1)
        cache["trees"] = select(Tree)


def its_connection_is_over(cache):
    with SessionMaker() as session:
        cache["count"] = session.connection().scalar(select(Tree.id))
