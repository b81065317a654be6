"""Columns that are fetched after the close are read from a connection that others have by then."""

import logging
from contextlib import contextmanager, nullcontext

from sqlalchemy import create_engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from stock import Crate, connections_out, engine, path, prove, stored

unpooled = create_engine(f"sqlite:///{path}", poolclass=NullPool, future=True)


def names(engine, meanwhile):
    with Session(engine, future=True) as session:
        rows = session.execute(select(Crate.name).order_by(Crate.id))
    with meanwhile():
        return [row.name for row in rows]  # want SES301 warning


@contextmanager
def another_renames():
    with Session(engine, future=True) as session:
        session.get(Crate, 3).name = "figs"
        session.flush()
        yield
        session.rollback()


def proof():
    # The pool says in its log how the cursors of closed connections end.
    logging.disable(logging.CRITICAL)
    # With a pool they come, from a connection that is not this session's any more.
    assert names(engine, nullcontext) == ["apples", "pears", "plums"]
    assert names(engine, another_renames) == ["apples", "pears", "figs"]  # and what it reads was never committed
    assert stored("SELECT name FROM crates WHERE id = 3") == [("plums",)]
    # Without one they do not.
    try:
        names(unpooled, nullcontext)
    except DBAPIError as error:
        assert "Cannot operate on a closed" in str(error)
    else:
        raise AssertionError("rows came from a connection that is closed")
    assert connections_out() == 0


prove(proof)
