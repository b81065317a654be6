"""A deferred constraint fails at the commit: no handler inside the block sees it, one around the block does."""
# needs: PostgreSQL

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from stock import Label, connections_out, count, engine, prove, raises

REFUSED = '...violates foreign key constraint "labels_crate_id_fkey"\n...'


def label(content, crate_id):
    with Session(engine, future=True) as session:
        with session.begin():
            try:
                session.add(Label(text=content, crate_id=crate_id))
                session.flush()
            except IntegrityError:
                return False
    return True


def label_if_possible(content, crate_id):
    try:
        with Session(engine, future=True) as session, session.begin():
            session.add(Label(text=content, crate_id=crate_id))
    except IntegrityError:
        return False
    return True


def proof():
    assert label("sold", 99) is False, "the constraint is checked at once"
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE labels ALTER CONSTRAINT labels_crate_id_fkey DEFERRABLE INITIALLY DEFERRED"))
    with raises(IntegrityError, REFUSED):
        label("sold", 99)
    assert label_if_possible("sold", 99) is False
    assert label_if_possible("sold", 3) is True
    assert count("labels") == 3
    assert connections_out() == 0


prove(proof)
