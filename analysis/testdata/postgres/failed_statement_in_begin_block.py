"""A failed statement that is caught inside a begin block discards the block's work, and the block ends as if it were kept."""
# needs: PostgreSQL

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, InternalError
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, count, engine, prove, raises

SessionMaker = sessionmaker(engine, future=True)


def stick(session, text):
    try:
        session.execute(insert(Label).values(text=text))
    except IntegrityError:
        return False
    return True


def arrive(name, label):
    with SessionMaker() as session:
        with session.begin():
            session.add(Crate(name=name))
            session.flush()
            return stick(session, label)


def arrive_with_savepoint(name, label):
    with SessionMaker() as session:
        with session.begin():
            session.add(Crate(name=name))
            session.flush()
            try:
                with session.begin_nested():
                    session.execute(insert(Label).values(text=label))
            except IntegrityError:
                return False
    return True


def arrive_on_connection(name, label):
    with engine.begin() as connection:
        connection.execute(insert(Crate.__table__).values(name=name))
        return stick(connection, label)


def arrive_and_look(name, label):
    with SessionMaker() as session:
        with session.begin():
            session.add(Crate(name=name))
            session.flush()
            stick(session, label)
            return session.execute(select(Crate.name)).scalars().all()


def proof():
    assert arrive("figs", "dried") is True
    assert count("crates") == 4

    # The second label is taken: it is false that the crate arrived all the same.
    assert arrive("dates", "dried") is False
    assert count("crates", "name = 'dates'") == 0
    assert arrive_on_connection("dates", "dried") is False
    assert count("crates", "name = 'dates'") == 0

    with raises(InternalError, "...current transaction is aborted, commands ignored until end of transaction block\n"):
        arrive_and_look("dates", "dried")
    assert count("crates", "name = 'dates'") == 0

    assert arrive_with_savepoint("dates", "dried") is False
    assert count("crates", "name = 'dates'") == 1
    assert connections_out() == 0


prove(proof)
