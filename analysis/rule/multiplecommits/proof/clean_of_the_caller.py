"""A function that leaves the commit to its caller."""

from sqlalchemy.orm import Session
from stock import Crate, Label, connections_out, engine, prove, stored


def label(session: Session, crate_id, first, second):
    session.add(Label(text=first, crate_id=crate_id))
    session.flush()
    session.add(Label(text=second, crate_id=crate_id))


def caller(first, second):
    with Session(engine, future=True) as session:
        session.get(Crate, 1).count = 0
        label(session, 1, first, second)
        session.commit()


def proof():
    try:
        caller("big", "ripe")
    except Exception as error:
        assert type(error).__name__ == "IntegrityError"
    assert stored("SELECT text FROM labels WHERE crate_id = 1") == [("fresh",)]
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert connections_out() == 0


prove(proof)
