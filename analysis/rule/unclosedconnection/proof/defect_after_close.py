"""A closed connection does not open again: it raises."""

from sqlalchemy import func, select
from sqlalchemy.exc import ResourceClosedError
from stock import Crate, Label, connections_out, engine, prove, stored

crates, labels = Crate.__table__, Label.__table__


def after_the_block():
    with engine.connect() as conn:
        names = conn.execute(select(crates.c.name)).scalars().all()
    return names, conn.execute(select(func.count(labels.c.id))).scalar()  # want SES109


def after_the_transaction(text):
    with engine.begin() as conn:
        conn.execute(labels.insert().values(text=text))
    return conn.execute(select(func.count(labels.c.id))).scalar()  # want SES109


def after_close():
    conn = engine.connect()
    try:
        names = conn.execute(select(crates.c.name)).scalars().all()
    finally:
        conn.close()
    return names, conn.execute(select(func.count(labels.c.id))).scalar()  # want SES109


def entered_by_hand(text):
    conn = engine.begin().__enter__()  # want SES109
    conn.execute(labels.insert().values(text=text))


def says_that_it_is_closed(call, *args):
    try:
        call(*args)
    except ResourceClosedError as error:
        return str(error) == "This Connection is closed"
    return False


def proof():
    assert says_that_it_is_closed(after_the_block)
    assert says_that_it_is_closed(after_the_transaction, "sold")
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]
    assert says_that_it_is_closed(after_close)
    assert says_that_it_is_closed(entered_by_hand, "lost")
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]
    assert connections_out() == 0


prove(proof)
