"""Tasks that are no endpoints."""

import asyncio

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from beacon.db import async_engine, engine
from beacon.models import Signal

SessionLocal = sessionmaker(engine)
AsyncSessionLocal = async_sessionmaker(async_engine)
registry = scoped_session(SessionLocal)


async def sent(signal_id):
    with SessionLocal() as session:
        session.execute(update(Signal).where(Signal.id == signal_id).values(sent=True))  # want SES404
        session.commit()


async def flushed(session: Session, signal):
    session.add(signal)
    session.flush()  # want SES404
    return signal.id


async def merged(session: Session, signal):
    return session.merge(signal)  # want SES404


async def looped_over(session: Session):
    for signal in session.query(Signal):  # want SES404
        yield signal.id


async def by_registry():
    return registry.scalars(select(Signal)).all()  # want SES404


async def in_an_asynchronous_generator():
    with SessionLocal() as session:
        for signal in session.scalars(select(Signal)).all():  # want SES404
            yield signal


async def refreshed(session: Session, signal):
    await asyncio.sleep(0)
    session.refresh(signal)  # want SES404
    return signal


async def only_queued(session: Session, signals):
    session.add_all(signals)
    if session.new:
        session.expunge(signals[0])
    return session.query(Signal).filter(Signal.sent)


async def handed_on(session: Session, signal):
    await asyncio.to_thread(session.refresh, signal)
    return signal


async def sent_asynchronously(signal_id):
    async with AsyncSessionLocal() as session:
        await session.execute(update(Signal).where(Signal.id == signal_id).values(sent=True))
        await session.commit()


async def in_the_sync_world(session: AsyncSession, signal_id):
    def send(sync_session: Session):
        sync_session.execute(update(Signal).where(Signal.id == signal_id).values(sent=True))

    await session.run_sync(send)
    await session.run_sync(lambda s: s.flush())
    await session.commit()


def send_plainly(signal_id):
    with SessionLocal() as session:
        session.execute(update(Signal).where(Signal.id == signal_id).values(sent=True))
        session.commit()


async def sent_by_a_thread(ids):
    await asyncio.gather(*[asyncio.to_thread(send_plainly, i) for i in ids])


class Sender:
    def __init__(self, session: Session):
        self.session = session

    def unsent(self):
        return self.session.scalars(select(Signal).where(Signal.sent.is_(False))).all()

    async def unsent_later(self):
        return await asyncio.to_thread(self.unsent)

    async def unsent_now(self):
        return self.session.scalars(select(Signal).where(Signal.sent.is_(False))).all()  # want SES404
