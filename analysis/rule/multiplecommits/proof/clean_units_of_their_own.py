"""Units that are marked as such: each is in the database, or not, for itself."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def two_blocks(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
        with session.begin():
            session.add(Label(text=text, crate_id=crate_id))


def each_row(texts):
    failed = []
    with SessionMaker() as session:
        for text in texts:
            try:
                session.add(Label(text=text))
                session.commit()  # want SES202
            except Exception:
                session.rollback()
                failed.append(text)
    return failed


def savepoint_for_each_row(texts):
    failed = []
    with SessionMaker() as session:
        with session.begin():
            for text in texts:
                try:
                    with session.begin_nested():
                        session.add(Label(text=text))
                except Exception:
                    failed.append(text)
    return failed


def proof():
    two_blocks(1, "sold")
    assert each_row(["a", "ripe", "b"]) == ["ripe"]
    assert savepoint_for_each_row(["c", "ripe", "d"]) == ["ripe"]
    assert stored("SELECT text FROM labels ORDER BY text") == [
        ("a",), ("b",), ("c",), ("d",), ("fresh",), ("ripe",), ("sold",),
    ]
    assert connections_out() == 0


prove(proof)
