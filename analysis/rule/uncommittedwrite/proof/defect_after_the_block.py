"""A begin block commits what stands in it, and nothing that follows it."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def ship(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
        session.add(Label(text=text, crate_id=crate_id))  # want SES206
        session.flush()


def early(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "seen"  # want SES206
        if crate.count == 0:
            return "empty"
        session.commit()
        return "full"


def proof():
    ship(1, "sold")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1") == [("fresh",)]
    assert early(1) == "empty"
    assert early(2) == "full"
    assert stored("SELECT state FROM crates ORDER BY id") == [("new",), ("seen",), ("new",)]
    assert connections_out() == 0


prove(proof)
