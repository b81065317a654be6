"""A commit ends a result that is read through a cursor on the server, and leaves buffered ones alone."""
# needs: PostgreSQL

from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session
from stock import Crate, count, engine, prove, raises

BUFFERED = select(Crate).order_by(Crate.id)
STREAMED = BUFFERED.execution_options(yield_per=1)


def double(session, crates):
    for crate in session.execute(crates).scalars():
        crate.count *= 2
        session.commit()


def double_at_once(session, crates):
    for crate in session.execute(crates).scalars():
        crate.count *= 2
    session.commit()


def names_after_commit(session, crates):
    result = session.execute(crates)
    session.commit()
    return [name for (name,) in result]


def proof():
    with Session(engine, future=True) as session:
        double(session, BUFFERED)
    assert count("crates", "count IN (20, 40, 60)") == 3

    with Session(engine, future=True) as session:
        with raises(ProgrammingError, "(psycopg2.ProgrammingError) named cursor isn't valid anymore"):
            double(session, STREAMED)
    assert count("crates", "count = 40") == 2, "the first crate was kept"

    with Session(engine, future=True) as session:
        double_at_once(session, STREAMED)
    assert count("crates", "count IN (80, 120)") == 3

    names = select(Crate.name).order_by(Crate.id)
    with Session(engine, future=True) as session:
        assert names_after_commit(session, names) == ["apples", "pears", "plums"]
        with raises(ProgrammingError, "(psycopg2.ProgrammingError) named cursor isn't valid anymore"):
            names_after_commit(session, names.execution_options(yield_per=1))


prove(proof)
