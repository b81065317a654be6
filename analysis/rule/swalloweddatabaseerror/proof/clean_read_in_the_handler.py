"""After a rollback everything can be read again."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, async_engine, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
other_engine = async_engine()


def rename(crate_id, name):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.name = name
        try:
            session.flush()
        except IntegrityError:
            session.rollback()
            return crate.state
        session.commit()
        return None


async def label(crate_id, text):
    async with AsyncSession(other_engine) as session:
        session.add(Label(text=text, crate_id=crate_id))
        try:
            await session.commit()
        except IntegrityError:
            await session.rollback()
            session.add(Label(text=text + " again", crate_id=crate_id))
            await session.commit()


async def proof():
    assert rename(1, "figs") is None
    assert rename(2, "figs") == "new"
    await label(1, "sold")
    await label(1, "sold")
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("sold",), ("sold again",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
