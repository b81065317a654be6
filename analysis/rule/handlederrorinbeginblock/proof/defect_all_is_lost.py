"""A failed flush that is handled in the block takes the whole block with it."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
other_engine = async_engine()


def ship(crate_id, text):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = 0
            try:
                session.add(Label(text=text, crate_id=crate_id))
                session.flush()
            except IntegrityError:  # want SES208 error
                session.add(Label(text=text + " again", crate_id=crate_id))
    return "shipped"


async def ship_async(crate_id, text):
    async with AsyncSession(other_engine) as session:
        async with session.begin():
            crate = await session.get(Crate, crate_id)
            crate.count = 0
            try:
                session.add(Label(text=text, crate_id=crate_id))
                await session.flush()
            except IntegrityError:  # want SES208 error
                session.add(Label(text=text + " again", crate_id=crate_id))
    return "shipped"


async def proof():
    # No exception: as if it had gone well.
    assert ship(1, "ripe") == await ship_async(3, "ripe") == "shipped"
    assert stored("SELECT count FROM crates ORDER BY id") == [(10,), (20,), (30,)]
    assert stored("SELECT text FROM labels ORDER BY id") == [("fresh",), ("ripe",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
