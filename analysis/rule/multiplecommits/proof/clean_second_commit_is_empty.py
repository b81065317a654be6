"""Of two commits only one makes something durable, so nothing can be left half done."""

from sqlalchemy import event, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def read_then_write(crate_id, text):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        session.commit()
        session.add(Label(text=text, crate_id=crate.id))
        session.commit()


def write_then_read(crate_id, text):
    with SessionMaker() as session:
        session.add(Label(text=text, crate_id=crate_id))
        session.commit()
        texts = session.execute(select(Label.text).where(Label.crate_id == crate_id)).scalars().all()
        session.commit()
        return texts


def rolled_back_between(crate_id, text):
    with SessionMaker() as session:
        session.add(Label(text=text, crate_id=crate_id))
        session.commit()
        session.get(Crate, crate_id).count = 0
        session.rollback()
        session.commit()


def exclusive(crate_id, text):
    with SessionMaker() as session:
        if text:
            session.add(Label(text=text, crate_id=crate_id))
            session.commit()
        else:
            session.get(Crate, crate_id).count = 0
            session.commit()


def writes(function, *arguments):
    """How many of a call's transactions change something."""
    changed, transactions = [], []

    def before(_connection, _cursor, statement, *_):
        if statement.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            changed.append(statement)

    def committed(_connection):
        if changed:
            transactions.append(len(changed))
        changed.clear()

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", committed)
    function(*arguments)
    event.remove(engine, "before_cursor_execute", before)
    event.remove(engine, "commit", committed)
    return len(transactions)


def proof():
    assert writes(read_then_write, 1, "a") == 1
    assert writes(write_then_read, 1, "b") == 1
    assert writes(rolled_back_between, 1, "c") == 1
    assert writes(exclusive, 1, "d") == 1
    assert writes(exclusive, 1, None) == 1
    assert stored("SELECT count FROM crates WHERE id = 1") == [(0,)]
    assert connections_out() == 0


prove(proof)
