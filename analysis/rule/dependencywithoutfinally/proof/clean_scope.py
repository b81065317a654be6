"""The same, closed whatever happens at the yield."""

import contextlib

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from stock import Crate, async_engine, connections_out, engine, prove, stored

asynchronous = async_engine()


@contextlib.contextmanager
def scope():
    session = Session(engine, future=True)
    try:
        yield session
        session.commit()
    finally:
        session.close()


@contextlib.asynccontextmanager
async def async_scope():
    async with AsyncSession(asynchronous) as session:
        yield session
        await session.commit()


def pack(crate_id, count):
    with scope() as session:
        session.get(Crate, crate_id).pack(count)


def is_there(crate_id):
    for session in generator():
        return session.get(Crate, crate_id) is not None


def generator():
    with Session(engine, future=True) as session:
        yield session


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
        assert connections_out() == 0
    try:
        await async_pack(2, 600)
    except OverflowError:
        assert connections_out(asynchronous) == 0
    assert stored("SELECT count FROM crates ORDER BY id") == [(50,), (60,), (30,)]
    assert is_there(3)
    assert connections_out() == 0


prove(proof)
