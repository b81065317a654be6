"""The same, with a finally."""

from sqlalchemy import select
from stock import Crate, connections_out, engine, prove

crates = Crate.__table__


def double(crate_id, most):
    conn = engine.connect()
    try:
        count = conn.execute(select(crates.c.count).where(crates.c.id == crate_id)).scalar()
        return checked(2 * count, most)
    finally:
        conn.close()


def checked(count, most):
    if count > most:
        raise OverflowError(count)
    return count


def proof():
    assert double(1, 100) == 20
    for _ in range(6):
        try:
            double(3, 50)
        except OverflowError:
            assert connections_out() == 0
        else:
            raise AssertionError("60 is more than 50")


prove(proof)
