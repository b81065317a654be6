"""The same in one transaction, with a savepoint for the attempt."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def ship(crate_id, count, text):
    with SessionMaker() as session:
        with session.begin():
            session.add(Label(text=text + " is tried", crate_id=crate_id))
            try:
                with session.begin_nested():
                    crate = session.execute(select(Crate).where(Crate.id == crate_id).with_for_update()).scalar_one()
                    crate.pack(count)
            except OverflowError:
                return False
            else:
                session.add(Label(text=text, crate_id=crate_id))
        return True


def proof():
    assert ship(1, 50, "sold")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(50,)]
    assert not ship(1, 500, "lent")
    assert stored("SELECT count FROM crates WHERE id = 1") == [(50,)]
    try:
        ship(1, 7, "ripe")
    except Exception as error:
        assert type(error).__name__ == "IntegrityError"
    assert stored("SELECT count FROM crates WHERE id = 1") == [(50,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [
        ("fresh",), ("sold is tried",), ("sold",), ("lent is tried",),
    ]
    assert connections_out() == 0


prove(proof)
