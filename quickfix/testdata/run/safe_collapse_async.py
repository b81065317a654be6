"""The same with asyncio."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from stock import Crate, Label, async_engine

engine = async_engine()


async def primary_key(name, label):
    async with AsyncSession(engine) as session:
        crate = Crate(name=name)
        session.add(crate)
        await session.commit()
        await session.refresh(crate)
        session.add(Label(text=label, crate_id=crate.id))
        await session.commit()


async def handled(label):
    async with AsyncSession(engine) as session:
        session.add(Label(text="tried"))
        await session.commit()
        try:
            session.add(Label(text=label))
            await session.commit()
        except IntegrityError:
            return "known"
        return "new"


SAME = [("primary_key", "figs", "sweet"), ("handled", "sold"), ("handled", "ripe")]

MENDED = [("primary_key", "figs", "ripe")]
