"""A closed connection raises when it is used; some methods do nothing."""

from sqlalchemy import create_engine, func, select

from water.tables import meters, readings

engine = create_engine("postgresql://localhost/water")


def after_the_block(meter_id):
    with engine.connect() as conn:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    return meter, conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()  # want SES109


def after_the_transaction(meter_id, value):
    with engine.begin() as conn:
        conn.execute(readings.insert().values(meter_id=meter_id, value=value))
    return conn.scalar(select(func.count(readings.c.id)))  # want SES109


def after_close(meter_id):
    conn = engine.connect()
    try:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    finally:
        conn.close()
    return meter, conn.scalar(select(func.count(readings.c.id)))  # want SES109


def closed_on_one_branch(meter_id, done):
    with engine.connect() as conn:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).one()
        if done:
            conn.close()
        return meter, conn.scalar(select(func.count(readings.c.id)))  # want SES109


def begun_after_the_block(meter_id):
    with engine.connect() as conn:
        conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    with conn.begin():  # want SES109
        conn.execute(readings.insert().values(meter_id=meter_id))


def entered_by_hand(meter_id):
    # The manager is gone at once, and closes what it gave.
    conn = engine.begin().__enter__()  # want SES109
    conn.execute(readings.insert().values(meter_id=meter_id))


def cursor_after_close():
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
    finally:
        connection.close()
    connection.cursor().execute("ANALYZE")  # want SES109


def rows_were_fetched(meter_id):
    with engine.connect() as conn:
        rows = conn.execute(select(readings).where(readings.c.meter_id == meter_id)).all()
    return [row.value for row in rows]


def asked_whether_it_is_closed(meter_id):
    with engine.connect() as conn:
        conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    return conn.closed


def ended_after_the_block(meter_id, value):
    # commit(), rollback() and close() of a closed connection do nothing.
    with engine.connect() as conn:
        conn.execute(readings.insert().values(meter_id=meter_id, value=value))
        conn.commit()
    conn.commit()
    conn.rollback()
    conn.close()


def opened_anew(meter_id):
    with engine.connect() as conn:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    with engine.connect() as conn:
        return meter, conn.scalar(select(func.count(readings.c.id)))


def bound_anew(meter_id):
    with engine.connect() as conn:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).one()
    conn = engine.connect()
    try:
        return meter, conn.scalar(select(func.count(readings.c.id)))
    finally:
        conn.close()


def cursor_of_its_own():
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("ANALYZE")
        cursor.close()
    finally:
        connection.close()


def closed_on_the_way_out(meter_id, done):
    with engine.connect() as conn:
        meter = conn.execute(select(meters).where(meters.c.id == meter_id)).one()
        if done:
            conn.close()
            return meter, 0
        return meter, conn.scalar(select(func.count(readings.c.id)))


def transaction_is_over_the_connection_is_not(meter_id, value):
    with engine.connect() as conn:
        with conn.begin():
            conn.execute(readings.insert().values(meter_id=meter_id, value=value))
        return conn.scalar(select(func.count(readings.c.id)))
