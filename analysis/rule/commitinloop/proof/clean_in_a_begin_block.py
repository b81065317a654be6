"""The block commits, once, or each row has a block."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
other_engine = async_engine()


def empty(crate_ids):
    with SessionMaker() as session:
        with session.begin():
            for crate_id in crate_ids:
                session.get(Crate, crate_id).count = 0


async def label(texts):
    async with AsyncSession(other_engine) as session:
        for text in texts:
            async with session.begin():
                session.add(Label(text=text))


async def proof():
    empty([1, 2, 3])
    await label(["a", "b", "c"])
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (0,), (0,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("a",), ("b",), ("c",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
