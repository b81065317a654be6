"""A commit closes the cursor on the server that the loop reads from."""
# needs: PostgreSQL

from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, raises, stored


def double():
    with Session(engine, future=True) as session:
        for crate in session.execute(select(Crate).order_by(Crate.id).execution_options(yield_per=1)).scalars():
            crate.count *= 2
            session.commit()  # want SES202 error


def proof():
    with raises(ProgrammingError, "(psycopg2.ProgrammingError) named cursor isn't valid anymore"):
        double()
    assert stored("SELECT count FROM crates ORDER BY id") == [(20,), (20,), (30,)]
    assert connections_out() == 0


prove(proof)
