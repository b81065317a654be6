"""Columns that are fetched before the close are the program's own."""

from contextlib import contextmanager, nullcontext

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from stock import Crate, connections_out, engine, path, prove

unpooled = create_engine(f"sqlite:///{path}", poolclass=NullPool, future=True)


def names(engine, meanwhile):
    with Session(engine, future=True) as session:
        rows = session.execute(select(Crate.name).order_by(Crate.id)).all()
    with meanwhile():
        return [row.name for row in rows]


@contextmanager
def another_renames():
    with Session(engine, future=True) as session:
        session.get(Crate, 3).name = "figs"
        session.flush()
        yield
        session.rollback()


def proof():
    assert names(engine, nullcontext) == ["apples", "pears", "plums"]
    assert names(engine, another_renames) == ["apples", "pears", "plums"]
    assert names(unpooled, nullcontext) == ["apples", "pears", "plums"]
    assert connections_out() == 0


prove(proof)
