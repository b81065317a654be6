"""With a savepoint only the statement is discarded."""
# needs: PostgreSQL

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label_all(text):
    with SessionMaker() as session:
        with session.begin():
            session.execute(update(Crate).values(count=0))
            try:
                with session.begin_nested():
                    session.execute(insert(Label).values(text=text))
            except IntegrityError:
                return "is there"
            return "labelled"


def proof():
    assert label_all("ripe") == "is there"
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (0,), (0,)]
    assert connections_out() == 0


prove(proof)
