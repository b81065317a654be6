"""All calls share one session, which is never closed."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(text, session=SessionMaker()):  # want SES106
    session.add(Label(text=text))
    if len(text) > 10:
        raise ValueError(text)
    session.commit()


def names(session=SessionMaker()):  # want SES106
    return session.execute(select(Crate.name).order_by(Crate.id)).scalars().all()


def proof():
    try:
        label("much too long")
    except ValueError:
        assert stored("SELECT count(*) FROM labels") == [(2,)]
    label("short")
    # The second call commits what the first one gave up.
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("much too long",), ("short",)]
    assert connections_out() == 0
    for _ in range(3):
        assert names() == ["apples", "pears", "plums"]
        assert connections_out() == 1


prove(proof)
