"""Objects of each class of the method table, in the states that it is asked about.

fresh   nothing was done with it yet
open    its session or connection is in a transaction, with one crate loaded and one label pending
closed  the same after close(), and for results the close() of their session
"""

import inspect
import sys

import stock
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from stock import Crate, Label

try:
    from sqlalchemy.ext.asyncio import async_sessionmaker
except ImportError:
    async_sessionmaker = None
try:
    import sqlmodel
    import sqlmodel.ext.asyncio.session
except ImportError:
    sqlmodel = None

future = "--legacy" not in sys.argv  # what 1.4 calls its two modes
engine = stock.new_engine(future=future)
async_engine = stock.async_engine()


class Absent(Exception):
    """The installed SQLAlchemy has no such class."""


class Things:
    """What a call may need, and what to ask afterwards."""

    def __init__(self, write):
        self.write = write
        self.new = Crate(name="new")
        self.crate = None
        self.in_transaction = lambda: False
        self.finish = lambda: None  # gives back what the subject holds


async def settle(value):
    return await value if inspect.isawaitable(value) else value


def new_session(owner, of):
    if owner == "scoped_session" or of == "scoped_session":
        return scoped_session(sessionmaker(engine, future=future))
    if owner == "async_scoped_session":
        return async_scoped_session(sessionmaker(async_engine, class_=AsyncSession, future=future), scopefunc=lambda: 1)
    if of == "sqlmodel":
        if sqlmodel is None:
            raise Absent
        return sqlmodel.Session(engine) if owner == "Session" else sqlmodel.ext.asyncio.session.AsyncSession(async_engine)
    return Session(engine, future=future) if owner == "Session" else AsyncSession(async_engine)


async def session(owner, state, things, of=""):
    s = new_session(owner, of)
    inner = s.registry if hasattr(s, "registry") else lambda: s
    things.in_transaction = lambda: inner().in_transaction()
    things.finish = s.close
    loader = Session(engine, future=future) if state == "fresh" else s
    things.crate = (await settle(loader.execute(select(Crate).where(Crate.id == 1)))).scalar_one()
    if state == "open":
        s.add(Label(text="pending"))
    else:
        await settle(loader.close())
    return s


async def query(owner, state, things):
    s = await session("Session", "fresh" if state == "closed" else state, things)
    q = s.query(Crate)
    if state == "closed":
        s.get(Crate, 1)
        s.close()
    return q


async def result(owner, state, things):
    a = owner.startswith("Async")
    s = AsyncSession(async_engine) if a else Session(engine, future=future)
    things.in_transaction, things.finish = s.in_transaction, s.close
    crates = select(Crate).where(Crate.id == 1)
    if owner == "CursorResult":
        r = s.execute(insert(Label.__table__).values(text="inserted"))
    else:
        r = await s.stream(crates) if a else s.execute(crates)
        if "Scalar" in owner:
            r = r.scalars()
        if "Mapping" in owner:
            r = r.mappings()
    if state == "closed":
        await settle(s.close())
    return r


async def connection(owner, state, things):
    c = await settle((engine if owner == "Connection" else async_engine).connect())
    things.in_transaction, things.finish = lambda: c.in_transaction(), c.close
    if state == "open":
        await settle(c.execute(insert(Label.__table__).values(text="written before")))
    if state == "closed":
        await settle(c.close())
    return c


async def transaction(owner, state, things):
    """What begin() gives; Savepoint is what begin_nested() of a session does."""
    if "Session" in owner or "Savepoint" in owner:
        s = await session("AsyncSession" if owner.startswith("Async") else "Session", "closed", things)
    else:
        s = await connection("AsyncConnection" if owner.startswith("Async") else "Connection", "fresh", things)
    t = await settle(s.begin())
    if owner in ("Savepoint", "AsyncSavepoint", "NestedTransaction"):
        t = await settle(s.begin_nested())
    if state == "open":
        if hasattr(s, "add"):
            things.crate = await settle(s.get(Crate, 2))
            s.add(Label(text="pending"))
        else:
            await settle(s.execute(insert(Label.__table__).values(text="written before")))
    if state == "closed":
        await settle(s.close())
    return t


async def an_engine(owner, state, things):
    return engine if owner == "Engine" else async_engine


async def maker(owner, state, things):
    if owner == "sessionmaker":
        return sessionmaker(engine, future=future)
    if async_sessionmaker is None:
        raise Absent
    return async_sessionmaker(async_engine)


def family(owner):
    """How objects of a class come about."""
    if owner.endswith("sessionmaker"):
        return maker
    if owner.endswith(("Session", "scoped_session")):
        return session
    if owner.endswith("Result"):
        return result
    if owner.endswith(("Transaction", "Savepoint")):
        return transaction
    if owner.endswith("Connection"):
        return connection
    return {"Query": query, "Engine": an_engine, "AsyncEngine": an_engine}[owner]
