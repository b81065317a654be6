"""What one request leaves behind, the next one commits, or fails of."""

from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
session = SessionMaker()  # want SES107


def pack(crate_id, count):
    session.get(Crate, crate_id).pack(count)
    session.commit()


def label(text):
    session.add(Label(text=text))
    session.commit()


def fails(error, call, *args):
    try:
        call(*args)
    except error:
        return True
    return False


def proof():
    assert fails(OverflowError, pack, 1, 500)
    label("sold")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(500,)]
    assert fails(IntegrityError, label, "ripe")
    assert fails(PendingRollbackError, label, "new")
    assert connections_out() == 1


prove(proof)
