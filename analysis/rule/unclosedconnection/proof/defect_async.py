"""Asynchronous connections."""

from sqlalchemy import func, select
from sqlalchemy.exc import ResourceClosedError
from stock import Crate, async_engine, connections_out, prove

engine = async_engine()
crates = Crate.__table__


async def names():
    conn = await engine.connect()  # want SES109
    return (await conn.execute(select(crates.c.name).order_by(crates.c.id))).scalars().all()


async def how_many():
    return (await (await engine.connect()).execute(select(func.count(crates.c.id)))).scalar()  # want SES109


async def after_the_block():
    async with engine.connect() as conn:
        found = (await conn.execute(select(crates.c.name))).scalars().all()
    return found, (await conn.execute(select(func.count(crates.c.id)))).scalar()  # want SES109


async def proof():
    assert await names() == ["apples", "pears", "plums"]
    assert connections_out(engine) == 1
    assert await how_many() == 3
    assert connections_out(engine) == 2
    try:
        await after_the_block()
    except ResourceClosedError as error:
        assert str(error) == "This Connection is closed"
    else:
        raise AssertionError("it opened again")
    assert connections_out(engine) == 2


prove(proof)
