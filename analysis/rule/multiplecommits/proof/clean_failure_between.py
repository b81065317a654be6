"""With one commit all of the work is in the database, or none."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def repack(source_id, target_id, count):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, source_id).count -= count
            target = session.get(Crate, target_id)
            target.pack(target.count + count)


def rename(crate_id, name):
    with SessionMaker() as session:
        session.add(Label(text="renamed", crate_id=crate_id))
        session.get(Crate, crate_id).name = name
        session.commit()


def proof():
    repack(1, 2, 5)
    assert stored("SELECT id, count FROM crates ORDER BY id") == [(1, 5), (2, 25), (3, 30)]
    try:
        repack(3, 2, 90)
    except OverflowError:
        pass
    assert stored("SELECT id, count FROM crates ORDER BY id") == [(1, 5), (2, 25), (3, 30)]

    try:
        rename(1, "plums")
    except Exception as error:
        assert type(error).__name__ == "IntegrityError"
    assert stored("SELECT name FROM crates WHERE id = 1") == [("apples",)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1") == [("fresh",)]
    assert connections_out() == 0


prove(proof)
