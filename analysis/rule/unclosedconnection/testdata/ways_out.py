"""Connections, and the ways out of a function."""

import logging

from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select, text

from water.tables import meters, readings

log = logging.getLogger(__name__)
engine = create_engine("postgresql://localhost/water")


def never_closed(meter_id):
    conn = engine.connect()  # want SES109
    return conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()


def early_return(meter_id):
    conn = engine.connect()  # want SES109
    meter = conn.execute(select(meters).where(meters.c.id == meter_id)).first()
    if meter is None:
        return None
    conn.close()
    return meter.name


def goes_on(ids):
    for meter_id in ids:
        conn = engine.connect()  # want SES109
        if conn.scalar(select(meters.c.id).where(meters.c.id == meter_id)) is None:
            continue
        conn.close()


def leaves_the_loop(ids):
    for meter_id in ids:
        conn = engine.connect()  # want SES109
        if conn.scalar(select(meters.c.id).where(meters.c.id == meter_id)) is None:
            break
        conn.close()


def bound_anew():
    conn = engine.connect()  # want SES109
    count = conn.scalar(select(func.count(meters.c.id)))
    with engine.connect() as conn:
        return count, conn.scalar(select(func.count(readings.c.id)))


def raises(meter_id):
    conn = engine.connect()  # want SES109
    if conn.scalar(select(meters.c.id).where(meters.c.id == meter_id)) is None:
        raise LookupError(meter_id)
    conn.close()


def goes_on_after_the_commit(meter_id, value):
    conn = engine.connect()  # want SES109
    conn.execute(readings.insert().values(meter_id=meter_id, value=value))
    conn.commit()
    return conn.scalar(select(func.count(readings.c.id)))


def lost_as_well(meter_id, value):
    conn = engine.connect()  # want SES109
    conn.execute(readings.insert().values(meter_id=meter_id, value=value))  # want SES206


def engine_is_made_here(url):
    conn = create_engine(url).connect()  # want SES109
    return conn.execute(text("SELECT version()")).scalar()


def with_options():
    conn = engine.connect().execution_options(stream_results=True)  # want SES109
    for row in conn.execute(select(readings)):
        log.info("%s", row)


def used_for_one_statement(meter_id):
    return engine.connect().execute(select(meters).where(meters.c.id == meter_id)).first()  # want SES109


def used_for_one_number():
    return engine.connect().scalar(select(func.count(meters.c.id)))  # want SES109


def used_for_a_migration():
    context = MigrationContext.configure(engine.connect())  # want SES109 warning
    return context.get_current_revision()


def entered_by_hand(meter_id):
    conn = engine.connect().__enter__()  # want SES109
    return conn.execute(select(meters).where(meters.c.id == meter_id)).first()


def in_a_block(meter_id):
    with engine.connect() as conn:
        return conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()


def in_a_transaction(meter_id, value):
    with engine.begin() as conn:
        conn.execute(readings.insert().values(meter_id=meter_id, value=value))


def opened_before_the_block(meter_id):
    conn = engine.connect()
    with conn:
        return conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()


def closed_in_finally(meter_id):
    conn = engine.connect()
    try:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).first()
        if meter is None:
            return None
        return meter.name
    finally:
        conn.close()


def closed_in_each_turn(ids):
    for meter_id in ids:
        conn = engine.connect()
        try:
            if conn.scalar(select(meters.c.id).where(meters.c.id == meter_id)) is None:
                continue
        finally:
            conn.close()


def never_used():
    conn = engine.connect()
    return conn.dialect.name


def committed_last(meter_id, value):
    conn = engine.connect()
    conn.execute(readings.insert().values(meter_id=meter_id, value=value))
    conn.commit()


def only_in_its_transaction(meter_id, value):
    conn = engine.connect()
    with conn.begin():
        conn.execute(readings.insert().values(meter_id=meter_id, value=value))


def rolled_back_last(meter_id):
    conn = engine.connect()
    try:
        return conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()
    finally:
        conn.rollback()


def closed_at_once():
    engine.connect().close()


def returned():
    conn = engine.connect()
    conn.execute(text("SET search_path TO water"))
    return conn


def returned_by_another():
    with returned() as conn:
        return conn.execute(select(meters)).all()


def yielded():
    conn = engine.connect()
    try:
        yield conn
    finally:
        conn.close()


def with_options_in_a_block():
    with engine.connect().execution_options(stream_results=True) as conn:
        for row in conn.execute(select(readings)):
            log.info("%s", row)


def in_a_migration():
    with engine.connect() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def given(conn, meter_id):
    return conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()
