"""An exception that is handled in the block does not roll back."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def pack(crate_id, count):
    with SessionMaker() as session:
        with session.begin():
            crate = session.get(Crate, crate_id)
            try:
                crate.state = "packed"
                crate.pack(count)
            except OverflowError:  # want SES208
                return False
            return True


def label(session, crate_id, count):
    session.add(Label(text=f"{count} in it", crate_id=crate_id))
    session.get(Crate, crate_id).check(count)


def pack_and_label(crate_id, count):
    with SessionMaker.begin() as session:
        try:
            label(session, crate_id, count)
        except OverflowError:  # want SES208
            session.add(Label(text=f"{count} was too much", crate_id=crate_id))


def proof():
    assert pack(1, 50)
    assert not pack(2, 500)
    # The crate holds more than it can.
    assert stored("SELECT id, count, state FROM crates ORDER BY id") == [
        (1, 50, "packed"), (2, 500, "packed"), (3, 30, "new"),
    ]
    pack_and_label(3, 600)
    assert stored("SELECT text FROM labels WHERE crate_id = 3 ORDER BY id") == [("600 in it",), ("600 was too much",)]
    assert connections_out() == 0


prove(proof)
