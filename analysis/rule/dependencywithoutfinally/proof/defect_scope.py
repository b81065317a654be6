"""A context manager whose block fails; a loop that stops early; the same with asyncio."""

import contextlib

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from stock import Crate, async_engine, connections_out, engine, prove, stored

asynchronous = async_engine()


@contextlib.contextmanager
def scope():
    session = Session(engine, future=True)
    yield session  # want SES104
    session.commit()
    session.close()


@contextlib.asynccontextmanager
async def async_scope():
    session = AsyncSession(asynchronous)
    yield session  # want SES104
    await session.commit()
    await session.close()


def pack(crate_id, count):
    with scope() as session:
        session.get(Crate, crate_id).pack(count)


def is_there(crate_id):
    for session in generator():
        return session.get(Crate, crate_id) is not None


def generator():
    session = Session(engine, future=True)
    yield session  # want SES104
    session.close()


async def async_pack(crate_id, count):
    async with async_scope() as session:
        (await session.get(Crate, crate_id)).pack(count)


async def proof():
    pack(1, 50)
    await async_pack(2, 60)
    assert connections_out() == connections_out(asynchronous) == 0
    try:
        pack(1, 500)
    except OverflowError:
        assert connections_out() == 1
    try:
        await async_pack(2, 600)
    except OverflowError:
        assert connections_out(asynchronous) == 1
    assert stored("SELECT count FROM crates ORDER BY id") == [(50,), (60,), (30,)]
    assert is_there(3)
    assert connections_out() == 2


prove(proof)
