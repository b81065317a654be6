"""The wrong with raises before its block begins."""

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from stock import Crate, async_engine, connections_out, engine, prove, stored

aio = async_engine()
registry = scoped_session(sessionmaker(engine, future=True))


async def add(name):
    with AsyncSession(aio) as session:  # want SES402
        session.add(Crate(name=name))
        await session.commit()


async def add_in_a_block(name):
    async with AsyncSession(aio) as session:
        with session.begin():  # want SES402
            session.add(Crate(name=name))


async def add_synchronously(name):
    async with Session(engine, future=True) as session:  # want SES402
        session.add(Crate(name=name))
        session.commit()


async def add_by_registry(name):
    with registry as session:  # want SES402
        session.add(Crate(name=name))
        session.commit()


async def add_by_a_plain_transaction(name):
    with Session(engine, future=True) as session:
        async with session.begin():  # want SES402
            session.add(Crate(name=name))


async def cannot(coroutine):
    try:
        await coroutine
    except (TypeError, AttributeError) as error:  # AttributeError up to Python 3.10
        return "context manager protocol" in str(error) or "enter" in str(error)
    return False


async def proof():
    for add_it in add, add_in_a_block, add_synchronously, add_by_registry, add_by_a_plain_transaction:
        assert await cannot(add_it("figs")), add_it
    assert stored("SELECT count(*) FROM crates") == [(3,)]
    assert connections_out(aio) == connections_out() == 0


prove(proof)
