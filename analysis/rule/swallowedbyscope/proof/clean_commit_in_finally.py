"""A commit after the yield is not reached when the body raises."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


@contextmanager
def scope():
    with SessionMaker() as session:
        yield session
        session.commit()


def ship(crate_id, count):
    with scope() as session:
        session.add(Label(text=f"{count} in it", crate_id=crate_id))
        session.get(Crate, crate_id).pack(count)


def proof():
    ship(1, 50)
    try:
        ship(2, 500)
        error = None
    except OverflowError as caught:
        error = caught
    assert error is not None
    assert stored("SELECT count FROM crates ORDER BY id") == [(50,), (20,), (30,)]
    assert stored("SELECT text FROM labels WHERE id > 2 ORDER BY id") == [("50 in it",)]
    assert connections_out() == 0


prove(proof)
