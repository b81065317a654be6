"""What a handler reads of a loaded object needs the database again, and hides the error."""

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
        except IntegrityError:  # want SES207
            state = crate.state
            session.rollback()
            return state
        session.commit()
        return None


async def label(crate_id, text):
    async with AsyncSession(other_engine) as session:
        session.add(Label(text=text, crate_id=crate_id))
        try:
            await session.commit()
        except IntegrityError:  # want SES207
            session.add(Label(text=text + " again", crate_id=crate_id))
            await session.commit()


async def proof():
    assert rename(1, "figs") is None
    try:
        rename(2, "figs")
        error = None
    except Exception as caught:
        error = caught
    assert type(error).__name__ == "PendingRollbackError"
    # What went wrong is only told within it.
    assert "Original exception was: (sqlite3.IntegrityError)" in str(error)

    await label(1, "sold")
    try:
        await label(1, "sold")
        error = None
    except Exception as caught:
        error = caught
    assert type(error).__name__ == "PendingRollbackError"
    assert stored("SELECT text FROM labels WHERE crate_id = 1 ORDER BY id") == [("fresh",), ("sold",)]
    assert connections_out() == connections_out(other_engine) == 0


prove(proof)
