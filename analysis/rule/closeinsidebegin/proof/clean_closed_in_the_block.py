"""Closed after the block, or after a commit in it."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
other_engine = async_engine()


def ship(crate_id, text):
    session = SessionMaker()
    with session.begin():
        session.get(Crate, crate_id).count = 0
        session.add(Label(text=text, crate_id=crate_id))
        session.flush()
    session.close()
    return "shipped"


def of_the_maker(crate_id):
    with SessionMaker.begin() as session:
        session.get(Crate, crate_id).count = 0
        session.commit()
        session.close()
    return "shipped"


async def ship_async(crate_id):
    async with AsyncSession(other_engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = 0
    return "shipped"


async def proof():
    assert ship(1, "sold") == of_the_maker(2) == await ship_async(3) == "shipped"
    assert stored("SELECT count FROM crates ORDER BY id") == [(0,), (0,), (0,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",), ("sold",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
