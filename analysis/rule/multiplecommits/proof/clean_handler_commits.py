"""A handler that notes the failure after everything was taken back."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def move(source_id, target_id):
    with SessionMaker() as session:
        try:
            source = session.get(Crate, source_id)
            moved, source.count = source.count, 0
            session.get(Crate, target_id).check(moved + 100)
        except OverflowError:
            session.rollback()
            session.add(Label(text="was not moved", crate_id=source_id))
        session.commit()


def proof():
    move(3, 1)
    assert stored("SELECT text FROM labels WHERE crate_id = 3") == [("was not moved",)]
    assert stored("SELECT id, count FROM crates ORDER BY id") == [(1, 10), (2, 20), (3, 30)]
    assert connections_out() == 0


prove(proof)
