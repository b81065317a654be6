"""Each request has a session of its own."""

from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def pack(crate_id, count):
    with SessionMaker() as session:
        session.get(Crate, crate_id).pack(count)
        session.commit()


def label(text):
    with SessionMaker() as session:
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
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert fails(IntegrityError, label, "ripe")
    assert not fails(PendingRollbackError, label, "new")
    assert connections_out() == 0


prove(proof)
