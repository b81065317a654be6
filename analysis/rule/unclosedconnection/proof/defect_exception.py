"""An exception between opening and closing goes past the close."""

from sqlalchemy import select
from stock import Crate, connections_out, engine, prove

crates = Crate.__table__


def double(crate_id, most):
    conn = engine.connect()  # want SES109 warning
    count = conn.execute(select(crates.c.count).where(crates.c.id == crate_id)).scalar()
    doubled = checked(2 * count, most)
    conn.close()
    return doubled


def checked(count, most):
    if count > most:
        raise OverflowError(count)
    return count


def proof():
    assert double(1, 100) == 20
    assert connections_out() == 0
    for n in range(1, 6):
        try:
            double(3, 50)
        except OverflowError:
            assert connections_out() == n
        else:
            raise AssertionError("60 is more than 50")


prove(proof)
