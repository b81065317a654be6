"""What another commits, and what a rollback is meant to take back."""

from sqlalchemy import create_engine, delete, update
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, connections_out, engine, path, prove, stored

SessionMaker = sessionmaker(engine, future=True)
autocommit = create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT", future=True)


def on_a_connection(text):
    with engine.begin() as connection:
        with Session(bind=connection, future=True) as session:
            session.add(Label(text=text))
            session.flush()


def in_autocommit():
    with autocommit.connect() as connection:
        connection.execute(update(Crate).values(count=0))
    with Session(autocommit, future=True) as session:
        session.execute(delete(Label))


def preview(crate_id, name):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.name = name
        session.flush()
        shown = crate.name
        session.rollback()
        return shown


def proof():
    on_a_connection("sold")
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("sold",)]
    in_autocommit()
    assert stored("SELECT text FROM labels") == []
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (0,), (0,)]
    assert preview(1, "figs") == "figs"
    assert stored("SELECT name FROM crates WHERE id = 1") == [("apples",)]
    assert connections_out() == 0


prove(proof)
