"""The right one enters, and gives everything back."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from stock import Crate, async_engine, connections_out, engine, prove, stored

aio = async_engine()
registry = scoped_session(sessionmaker(engine, future=True))


async def add(name):
    async with AsyncSession(aio) as session:
        session.add(Crate(name=name))
        await session.commit()


async def add_in_a_block(name):
    async with AsyncSession(aio) as session:
        async with session.begin():
            session.add(Crate(name=name))


async def add_synchronously(name):
    with Session(engine, future=True) as session:
        session.add(Crate(name=name))
        session.commit()


async def add_by_registry(name):
    with registry() as session:
        session.add(Crate(name=name))
        session.commit()


async def add_by_a_plain_transaction(name):
    with Session(engine, future=True) as session:
        with session.begin():
            session.add(Crate(name=name))


async def proof():
    for n, add_it in enumerate([add, add_in_a_block, add_synchronously, add_by_registry, add_by_a_plain_transaction]):
        await add_it("figs of lot %d" % n)
    assert stored("SELECT count(*) FROM crates") == [(8,)]
    assert connections_out(aio) == connections_out() == 0


prove(proof)
