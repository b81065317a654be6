"""The scope raises again, and the caller hears of it."""

from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
other_engine = async_engine()


@contextmanager
def scope():
    session = SessionMaker()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


@asynccontextmanager
async def async_scope():
    async with AsyncSession(other_engine) as session:
        async with session.begin():
            yield session


def label(crate_id, text):
    try:
        with scope() as session:
            session.get(Crate, crate_id).count = 0
            session.add(Label(text=text, crate_id=crate_id))
    except Exception as error:
        return type(error).__name__
    return "labelled"


def pack(crate_id, count):
    try:
        with scope() as session:
            session.get(Crate, crate_id).pack(count)
    except OverflowError:
        return "too much"
    return "packed"


async def label_async(text):
    try:
        async with async_scope() as session:
            session.add(Label(text=text))
    except Exception as error:
        return type(error).__name__
    return "labelled"


async def proof():
    assert label(1, "sold") == "labelled"
    assert label(2, "fresh") == "IntegrityError"
    assert pack(3, 500) == "too much"
    assert await label_async("ripe") == "IntegrityError"
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (20,), (30,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("sold",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
