"""A closed session that does a whole piece of work once more, to its end."""

from sqlalchemy import select, update
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def begin_block(text):
    with SessionMaker() as session:
        crate = session.get(Crate, 1)
    with session.begin():
        session.add(Label(text=text, crate_id=crate.id))


def add_and_commit(text):
    with SessionMaker() as session:
        crate = session.get(Crate, 1)
    session.add(Label(text=text, crate_id=crate.id))
    session.commit()


def statement_and_commit(count):
    with SessionMaker() as session:
        crate = session.get(Crate, 1)
    session.execute(update(Crate).where(Crate.id == crate.id).values(count=count))
    session.commit()


def read_and_close():
    with SessionMaker() as session:
        crate = session.get(Crate, 1)
    try:
        return session.execute(select(Label.text).where(Label.crate_id == crate.id).order_by(Label.id)).scalars().all()
    finally:
        session.close()


def entered_again(text):
    with SessionMaker() as session:
        crate = session.get(Crate, 1)
    with session, session.begin():
        session.add(Label(text=text, crate_id=crate.id))


def proof():
    begin_block("a")
    add_and_commit("b")
    statement_and_commit(7)
    entered_again("c")
    assert connections_out() == 0
    assert read_and_close() == ["fresh", "a", "b", "c"]
    assert connections_out() == 0
    assert stored("SELECT count FROM crates WHERE id = 1") == [(7,)]


prove(proof)
