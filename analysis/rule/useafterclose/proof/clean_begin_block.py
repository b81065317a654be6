"""with session.begin() ends the transaction only; the session can go on."""

from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def by_maker(text):
    with SessionMaker.begin() as session:
        session.add(Label(text=text))
        session.flush()
        return session.execute(select(func.count(Label.id))).scalar()


def behind_the_transaction(text):
    with SessionMaker() as session:
        with session.begin():
            session.add(Label(text=text))
        return session.execute(select(func.count(Label.id))).scalar()


def closed_by_hand(text):
    session = SessionMaker()
    with session.begin():
        session.add(Label(text=text))
    with session.begin():
        session.get(Crate, 1).state = text
    session.close()


def proof():
    assert by_maker("a") == 3
    assert behind_the_transaction("b") == 4
    closed_by_hand("c")
    assert connections_out() == 0
    assert stored("SELECT count(*) FROM labels") == [(5,)]
    assert stored("SELECT state FROM crates WHERE id = 1") == [("c",)]


prove(proof)
