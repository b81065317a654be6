"""A connection begins by itself as well, with its first statement."""

from sqlalchemy import MetaData, Table, create_engine, insert, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from depot.models import Bus, Tyre

engine = create_engine("postgresql+psycopg://localhost/depot")
async_engine = create_async_engine("postgresql+asyncpg://localhost/depot")


def a_statement(bus_id):
    with engine.connect() as connection:
        worn = connection.execute(select(Tyre).where(Tyre.bus_id == bus_id)).all()
        with connection.begin():  # want SES203
            connection.execute(insert(Bus).values(worn=len(worn)))


def reflected(rows):
    with engine.connect() as connection:
        buses = Table("buses", MetaData(), autoload_with=connection)
        with connection.begin():  # want SES203
            connection.execute(buses.insert(), rows)


async def awaited(rows):
    async with async_engine.connect() as connection:
        await connection.execute(text("SET LOCAL lock_timeout = 1000"))
        async with connection.begin():  # want SES203
            await connection.execute(insert(Tyre), rows)


def after_a_block(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Tyre), rows)
        count = connection.execute(text("SELECT count(*) FROM tyres")).scalar()
        with connection.begin():  # want SES203
            connection.execute(insert(Bus).values(tyres=count))


def begun_first(rows):
    with engine.connect() as connection:
        with connection.begin():
            buses = Table("buses", MetaData(), autoload_with=connection)
            connection.execute(buses.insert(), rows)


def reflected_by_the_engine(rows):
    buses = Table("buses", MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(buses.insert(), rows)


def after_a_rollback(bus_id):
    with engine.connect() as connection:
        worn = connection.execute(select(Tyre).where(Tyre.bus_id == bus_id)).all()
        connection.rollback()
        with connection.begin():
            connection.execute(insert(Bus).values(worn=len(worn)))


def two_blocks(rows):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Tyre), rows)
        with connection.begin():
            connection.execute(insert(Bus), rows)


async def a_savepoint(rows):
    async with async_engine.connect() as connection:
        await connection.execute(text("SET LOCAL lock_timeout = 1000"))
        async with connection.begin_nested():
            await connection.execute(insert(Tyre), rows)
        await connection.commit()
