"""The caller commits, when all is done."""

from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label(session: Session, crate_id, text):
    session.add(Label(text=text, crate_id=crate_id))
    session.flush()


def ship(crate_id, text, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "shipped"
        label(session, crate_id, text)
        crate.check(count)
        session.commit()


def ship_in_a_block(crate_id, text):
    with SessionMaker.begin() as session:
        label(session, crate_id, text)
        session.get(Crate, crate_id).state = "shipped"


def proof():
    try:
        ship(1, "sold", 500)
        error = None
    except OverflowError as caught:
        error = caught
    assert error is not None
    assert stored("SELECT state FROM crates WHERE id = 1") == [("new",)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1") == [("fresh",)]
    ship_in_a_block(2, "lent")
    assert stored("SELECT state FROM crates WHERE id = 2") == [("shipped",)]
    assert stored("SELECT text FROM labels WHERE crate_id = 2 ORDER BY id") == [("ripe",), ("lent",)]
    assert connections_out() == 0


prove(proof)
