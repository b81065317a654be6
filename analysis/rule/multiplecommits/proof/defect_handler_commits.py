"""A handler with a commit of its own: half of the body stays, with a note that it failed."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def move(source_id, target_id):
    with SessionMaker() as session:
        try:
            source = session.get(Crate, source_id)
            moved, source.count = source.count, 0
            session.commit()
            session.get(Crate, target_id).check(moved + 100)
            session.commit()  # want SES201
        except OverflowError:
            session.add(Label(text="was not moved", crate_id=source_id))
            session.commit()


def proof():
    move(3, 1)
    assert stored("SELECT text FROM labels WHERE crate_id = 3") == [("was not moved",)]
    # It was emptied all the same.
    assert stored("SELECT id, count FROM crates ORDER BY id") == [(1, 10), (2, 20), (3, 0)]
    assert connections_out() == 0


prove(proof)
