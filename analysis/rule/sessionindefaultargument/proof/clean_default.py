"""Each call has a session of its own, or that of its caller."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(text, factory=SessionMaker):
    with factory() as session:
        session.add(Label(text=text))
        if len(text) > 10:
            raise ValueError(text)
        session.commit()


def names(session=None):
    if session is None:
        with SessionMaker() as session:
            return names(session)
    return session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()


def proof():
    try:
        label("much too long")
    except ValueError:
        assert stored("SELECT count(*) FROM labels") == [(2,)]
    label("short")
    assert stored("SELECT text FROM labels WHERE id > 2") == [("short",)]
    for _ in range(3):
        assert names() == ["apples", "pears", "plums"]
        assert connections_out() == 0


prove(proof)
