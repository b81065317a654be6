"""Connections that someone else closes, and helpers that do not."""

import atexit

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from water.tables import meters, readings

engine = create_engine("postgresql://localhost/water")


class Meter:
    """Owns a connection, and closes it."""

    def __init__(self, meter_id):
        self.meter_id = meter_id
        self.conn = engine.connect()

    def value(self):
        return self.conn.scalar(select(func.max(readings.c.value)).where(readings.c.meter_id == self.meter_id))

    def close(self):
        self.conn.close()


class Basin:
    """Closes the connection that it is given."""

    def __init__(self, conn):
        self.conn = conn

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.conn.close()

    def count(self):
        return self.conn.scalar(select(func.count(meters.c.id)))


def connect():
    return engine.connect()


def count(conn):
    return conn.scalar(select(func.count(meters.c.id)))


def finish(conn):
    conn.close()


def made_by_a_helper():
    conn = connect()  # want SES109
    return conn.scalar(select(func.count(meters.c.id)))


def used_by_a_helper():
    conn = engine.connect()  # want SES109
    return count(conn)


def handed_to_a_helper_without_a_name():
    return count(engine.connect())  # want SES109


def made_when_absent(conn=None):
    if conn is None:
        conn = engine.connect()  # want SES109
    return conn.scalar(select(func.count(meters.c.id)))


def closed_by_a_helper():
    conn = engine.connect()
    try:
        return count(conn)
    finally:
        finish(conn)


def closed_by_a_basin():
    with Basin(engine.connect()) as basin:
        return basin.count()


def closed_by_its_meter(meter_id):
    meter = Meter(meter_id)
    try:
        return meter.value()
    finally:
        meter.close()


def its_own_or_the_callers(conn=None):
    own = conn is None
    if own:
        conn = engine.connect()
    try:
        return count(conn)
    finally:
        if own:
            conn.close()


def closed_when_the_program_ends():
    conn = engine.connect()
    atexit.register(conn.close)
    return count(conn)


def with_a_session_on_it(meter_id):
    # As tests have it: the session joins the transaction of the connection.
    with engine.connect() as conn:
        transaction = conn.begin()
        with Session(bind=conn) as session:
            found = session.scalar(select(meters.c.name).where(meters.c.id == meter_id))
        transaction.rollback()
    return found


def connection_of_a_session(meter_id):
    with Session(engine) as session:
        return session.connection().scalar(select(meters.c.name).where(meters.c.id == meter_id))


def kept_by_the_caller(holder):
    conn = engine.connect()
    conn.scalar(select(func.count(meters.c.id)))
    holder.conn = conn


def of_another_library(driver):
    connection = driver.connect()
    return connection.query("MATCH (m:Meter) RETURN count(m)")
