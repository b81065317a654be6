"""What belongs together stands in the block."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def ship(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            session.add(Label(text=text, crate_id=crate_id))


def early(crate_id):
    with SessionMaker() as session, session.begin():
        crate = session.get(Crate, crate_id)
        crate.state = "seen"
        if crate.count == 0:
            return "empty"
        return "full"


def proof():
    ship(1, "sold")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("sold",)]
    assert early(1) == "empty"
    assert early(2) == "full"
    assert stored("SELECT state FROM crates ORDER BY id") == [("seen",), ("seen",), ("new",)]
    assert connections_out() == 0


prove(proof)
