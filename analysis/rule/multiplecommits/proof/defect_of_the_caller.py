"""A function that commits the session of its caller twice: half of its own work may
stay, and whatever the caller had begun stays with it."""

from sqlalchemy.orm import Session
from stock import Crate, Label, connections_out, engine, prove, stored


def label(session: Session, crate_id, first, second):
    session.add(Label(text=first, crate_id=crate_id))
    session.commit()
    session.add(Label(text=second, crate_id=crate_id))
    session.commit()  # want SES201 info


def caller(first, second):
    with Session(engine, future=True) as session:
        session.get(Crate, 1).count = 0
        label(session, 1, first, second)
        session.rollback()


def proof():
    try:
        caller("big", "ripe")
    except Exception as error:
        assert type(error).__name__ == "IntegrityError"
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("big",)]
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert connections_out() == 0


prove(proof)
