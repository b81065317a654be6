"""The scope swallows, and the caller reports success."""

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
    except Exception:  # want SES212
        session.rollback()
    finally:
        session.close()


@asynccontextmanager
async def async_scope():
    async with AsyncSession(other_engine) as session:
        try:
            yield session
            await session.commit()
        except Exception:  # want SES212
            await session.rollback()


def label(crate_id, text):
    with scope() as session:
        session.get(Crate, crate_id).count = 0
        session.add(Label(text=text, crate_id=crate_id))
    return "labelled"


def pack(crate_id, count):
    with scope() as session:
        session.get(Crate, crate_id).pack(count)
    return "packed"


async def label_async(text):
    async with async_scope() as session:
        session.add(Label(text=text))
    return "labelled"


async def proof():
    assert label(1, "sold") == "labelled"
    # A label that is taken: only the commit fails.
    assert label(2, "fresh") == "labelled"
    assert pack(3, 500) == "packed"
    assert await label_async("ripe") == "labelled"
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (20,), (30,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("sold",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
