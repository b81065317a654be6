"""The end of a transaction with its session: SessionMaker.begin(), or both in one with."""

from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def by_maker(text):
    with SessionMaker.begin() as session:
        session.add(Label(text=text))
    return session.execute(select(func.count(Label.id))).scalar()  # want SES101


def in_one_with(text):
    with SessionMaker() as session, session.begin():
        session.add(Label(text=text))
    return session.execute(select(func.count(Label.id))).scalar()  # want SES101


def one_in_the_other(text):
    with SessionMaker() as session:
        with session.begin():
            session.add(Label(text=text))
    session.get(Crate, 1).state = text  # want SES101


def proof():
    assert by_maker("a") == 3
    assert connections_out() == 1
    assert in_one_with("b") == 4
    assert connections_out() == 2
    one_in_the_other("c")
    assert connections_out() == 3
    assert stored("SELECT count(*) FROM labels") == [(5,)]
    assert stored("SELECT state FROM crates WHERE id = 1") == [("new",)]


prove(proof)
