"""A context manager is no session, and begins nothing before it is entered."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


@contextmanager
def scope():
    with SessionMaker() as session:
        yield session


def label(text):
    session = SessionMaker.begin()  # want SES112
    session.add(Label(text=text))


def name(crate_id):
    session = scope()  # want SES112
    return session.get(Crate, crate_id).name


def forgotten(text):
    SessionMaker.begin()  # want SES112
    return text


def what_is_missing(call, *args):
    try:
        call(*args)
    except AttributeError as error:
        return str(error)
    return None


def proof():
    assert what_is_missing(label, "sold") == "'_GeneratorContextManager' object has no attribute 'add'"
    assert what_is_missing(name, 1) == "'_GeneratorContextManager' object has no attribute 'get'"
    assert forgotten("nothing happens") == "nothing happens"
    assert connections_out() == 0
    assert stored("SELECT count(*) FROM labels") == [(2,)]


prove(proof)
