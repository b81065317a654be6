"""Connections of an engine: they commit nothing by themselves either."""

from sqlalchemy import create_engine, delete, insert, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from tide.models import Gauge, Level, metadata

engine = create_engine("postgresql+psycopg://localhost/tide")
autocommit = create_engine("postgresql+psycopg://localhost/tide", isolation_level="AUTOCOMMIT")
SessionMaker = sessionmaker(engine)
AutoSession = sessionmaker(autocommit)


def inserted(rows):
    with engine.connect() as connection:
        connection.execute(insert(Level), rows)  # want SES206


def as_text(gauge_id):
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM levels WHERE gauge_id = :id"), {"id": gauge_id})  # want SES206


def of_the_driver(gauge_id):
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE gauges SET broken = true WHERE id = %s", (gauge_id,))  # want SES206


def after_the_commit(gauge_id):
    with engine.connect() as connection:
        connection.execute(update(Gauge).where(Gauge.id == gauge_id).values(seen=True))
        connection.commit()
        connection.execute(delete(Level).where(Level.gauge_id == gauge_id))  # want SES206


def after_the_block(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Level), rows)
        connection.execute(text("UPDATE gauges SET seen = true"))  # want SES206


def savepoint(rows):
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(insert(Level), rows)  # want SES206


def on_one_branch(rows):
    with engine.connect() as connection:
        connection.execute(insert(Level), rows)  # want SES206
        if all_known():
            connection.commit()


def committed(rows):
    with engine.connect() as connection:
        connection.execute(insert(Level), rows)
        connection.commit()


def begun(rows):
    with engine.begin() as connection:
        connection.execute(insert(Level), rows)


def begun_on_the_connection(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Level), rows)


def begun_in_one_line(rows):
    with engine.connect() as connection, connection.begin():
        connection.execute(insert(Level), rows)


def transaction_by_hand(rows):
    with engine.connect() as connection:
        transaction = connection.begin()
        connection.execute(insert(Level), rows)
        transaction.commit()


def vacuumed():
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DELETE FROM levels WHERE old"))
        connection.execute(text("VACUUM levels"))


def set_on_the_connection():
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("DELETE FROM levels WHERE old"))


def set_on_the_engine():
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("DELETE FROM levels WHERE old"))


def of_an_engine_in_autocommit(rows):
    with autocommit.connect() as connection:
        connection.execute(insert(Level), rows)


def session_in_autocommit(gauge_id):
    with AutoSession() as session:
        session.execute(delete(Level).where(Level.gauge_id == gauge_id))


def session_of_an_engine_in_autocommit(gauge_id):
    with Session(autocommit) as session:
        session.execute(delete(Level).where(Level.gauge_id == gauge_id))


def session_on_a_connection(rows):
    # The block of the engine commits what the session has flushed.
    with engine.begin() as connection:
        with Session(bind=connection) as session:
            session.add_all([Level(**row) for row in rows])
            session.flush()


def read(gauge_id):
    with engine.connect() as connection:
        rows = connection.execute(select(Level).where(Level.gauge_id == gauge_id)).all()
        connection.execute(text("SET search_path TO tide"))
        return rows


def rolled_back(rows):
    with engine.connect() as connection:
        connection.execute(insert(Level), rows)
        print(connection.execute(text("SELECT count(*) FROM levels")).scalar())
        connection.rollback()


def made(path):
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(text(path.read_text()))
