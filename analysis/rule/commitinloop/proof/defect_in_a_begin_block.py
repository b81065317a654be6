"""In a begin block the first commit is the last."""

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
                session.commit()  # want SES202 error


async def label(texts):
    async with AsyncSession(other_engine) as session:
        async with session.begin():
            for text in texts:
                session.add(Label(text=text))
                await session.commit()  # want SES202 error


async def proof():
    told = []
    try:
        empty([1, 2, 3])
    except Exception as error:
        told.append((type(error).__name__, str(error)[:59]))
    try:
        await label(["a", "b", "c"])
    except Exception as error:
        told.append((type(error).__name__, str(error)[:59]))
    assert told == [("InvalidRequestError", "Can't operate on closed transaction inside context manager.")] * 2
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (20,), (30,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("a",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
