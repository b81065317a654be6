"""The function commits what its caller had not finished."""

from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(session: Session, crate_id, text):
    session.add(Label(text=text, crate_id=crate_id))
    session.commit()  # want SES209


def ship(crate_id, text, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "shipped"
        label(session, crate_id, text)
        crate.check(count)
        session.commit()  # want SES201


def ship_in_a_block(crate_id, text):
    with SessionMaker.begin() as session:
        label(session, crate_id, text)
        session.get(Crate, crate_id).state = "shipped"  # want SES205


def proof():
    try:
        ship(1, "sold", 500)
        error = None
    except OverflowError as caught:
        error = caught
    assert error is not None
    # The caller failed, and its half is there all the same.
    assert stored("SELECT state FROM crates WHERE id = 1") == [("shipped",)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("sold",)]
    try:
        ship_in_a_block(2, "lent")
        error = None
    except Exception as caught:
        error = caught
    assert type(error).__name__ == "InvalidRequestError"
    assert stored("SELECT state FROM crates WHERE id = 2") == [("new",)]
    assert connections_out() == 0


prove(proof)
