"""What raises between opening and closing."""

import contextlib

from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from water.plots import plot
from water.tables import meters, readings

engine = create_engine("postgresql://localhost/water")


def closed_at_the_end(meter_id):
    conn = engine.connect()  # want SES109 warning
    rows = conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()
    plot(rows)
    conn.close()


def before_the_try(meter_id):
    conn = engine.connect()  # want SES109 warning
    rows = conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()
    plot(rows)
    try:
        return conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    finally:
        conn.close()


def of_another_type(meter_id):
    conn = engine.connect()  # want SES109 warning
    try:
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())
    except SQLAlchemyError:
        conn.close()
        raise
    conn.close()


def handler_returns(meter_id):
    conn = engine.connect()  # want SES109 warning
    try:
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())
    except ValueError:
        return False
    conn.close()
    return True


def rows_are_handed_out(meter_id):
    conn = engine.connect()  # want SES109 warning
    for row in conn.execute(select(readings).where(readings.c.meter_id == meter_id)):
        yield row.value
    conn.close()


def transaction_by_hand(meter_id, value):
    conn = engine.connect()  # want SES109 warning
    transaction = conn.begin()
    conn.execute(readings.insert().values(meter_id=meter_id, value=value))
    transaction.commit()
    conn.close()


def closed_in_finally(meter_id):
    conn = engine.connect()
    try:
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())
    finally:
        conn.close()


def opened_within_the_try(meter_id):
    conn = None
    try:
        conn = engine.connect()
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())
    finally:
        if conn is not None:
            conn.close()


def closed_in_both_clauses(meter_id):
    conn = engine.connect()
    try:
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())
    except Exception:
        conn.close()
        raise
    else:
        conn.close()


def rolled_back_in_the_handler(meter_id, value):
    conn = engine.connect()
    transaction = conn.begin()
    try:
        conn.execute(readings.insert().values(meter_id=meter_id, value=value))
        transaction.commit()
    except Exception:
        transaction.rollback()
        raise
    finally:
        conn.close()


def on_a_stack(meter_id):
    with contextlib.ExitStack() as stack:
        conn = stack.enter_context(engine.connect())
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())


def by_closing(meter_id):
    with contextlib.closing(engine.connect()) as conn:
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())


def called_back(meter_id):
    with contextlib.ExitStack() as stack:
        conn = engine.connect()
        stack.callback(conn.close)
        plot(conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all())


def rows_are_handed_out_of_a_block(meter_id):
    with engine.connect() as conn:
        for row in conn.execute(select(readings).where(readings.c.meter_id == meter_id)):
            yield row.value


def raw_in_finally():
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("ANALYZE")
        connection.commit()
    finally:
        connection.close()
