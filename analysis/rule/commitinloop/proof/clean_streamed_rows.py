"""A commit after the loop, when all rows were read."""
# needs: PostgreSQL

from sqlalchemy import select
from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, stored


def double():
    with Session(engine, future=True) as session:
        for crate in session.execute(select(Crate).order_by(Crate.id).execution_options(yield_per=1)).scalars():
            crate.count *= 2
        session.commit()


def proof():
    double()
    assert stored("SELECT count FROM crates ORDER BY id") == [(20,), (40,), (60,)]
    assert connections_out() == 0


prove(proof)
