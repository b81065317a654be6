"""What the proofs share: a stock of crates in a database of their own.

A proof is a script that runs under the real SQLAlchemy. It looks at the pool,
and at the database through a connection that SQLAlchemy knows nothing of. The
database is a file, or where STOCK_SERVER names the folder of the socket of a
PostgreSQL, one that is made there.
"""

import asyncio
import contextlib
import gc
import inspect
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import traceback

from sqlalchemy import Column, ForeignKey, Integer, String, create_engine, event
from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy.pool import QueuePool

# A lost connection comes back when the garbage collector happens to find it.
# Here it never does, so that what is lost can be counted.
gc.disable()

folder = tempfile.mkdtemp(prefix="stock-")
path = os.path.join(folder, "stock.db")
server = os.environ.get("STOCK_SERVER")

Base = declarative_base()


class Crate(Base):
    __tablename__ = "crates"
    id = Column(Integer, primary_key=True)
    name = Column(String, unique=True)
    count = Column(Integer, default=0)
    state = Column(String, server_default="new")
    labels = relationship("Label", back_populates="crate")

    def pack(self, count):
        """Change the crate, and fail after that where it cannot hold so much."""
        self.count = count
        if count > 100:
            raise OverflowError(count)

    def check(self, count):
        """Fail before anything is changed."""
        if count > 100:
            raise OverflowError(count)
        self.count = count


class Label(Base):
    __tablename__ = "labels"
    id = Column(Integer, primary_key=True)
    text = Column(String, unique=True)
    crate_id = Column(Integer, ForeignKey("crates.id"))
    crate = relationship("Crate", back_populates="labels")


def begins_for_real(engine):
    """Make the driver send BEGIN where SQLAlchemy does, so that transactions and
    savepoints are what they are on a server."""

    @event.listens_for(engine, "connect")
    def connect(connection, _record):
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")


def options(given):
    """How the engines are set up: what waits, waits a moment only."""
    return {"pool_size": 5, "max_overflow": 0, "pool_timeout": 0.1, **given}


def new_engine(**given):
    """An engine, with five connections at most unless told otherwise: pool_size=1."""
    if server:
        url, connect = f"postgresql+psycopg2://proofs@/stock{os.getpid()}?host={server}", {"options": "-c lock_timeout=100"}
    else:
        url, connect = f"sqlite:///{path}", {"timeout": 0.1, "check_same_thread": False}
    given = {"poolclass": QueuePool, "connect_args": connect, "future": True, **given}
    engine = create_engine(url, **options(given))
    if not server:
        begins_for_real(engine)
    return engine


def async_engine(**given):
    """An asynchronous engine on the same database."""
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import AsyncAdaptedQueuePool

    if server:
        url, connect = f"postgresql+asyncpg://proofs@/stock{os.getpid()}?host={server}", {"server_settings": {"lock_timeout": "100"}}
    else:
        url, connect = f"sqlite+aiosqlite:///{path}", {"timeout": 0.1}
    given = {"poolclass": AsyncAdaptedQueuePool, "connect_args": connect, **given}
    engine = create_async_engine(url, **options(given))
    if not server:
        begins_for_real(engine.sync_engine)
    return engine


def others(database=None):
    """A connection that SQLAlchemy knows nothing of."""
    if not server:
        return sqlite3.connect(path)
    import psycopg2

    return psycopg2.connect(host=server, user="proofs", dbname=database or f"stock{os.getpid()}")


engine = new_engine()


def connections_out(engine=engine):
    """How many connections are not in the pool."""
    return engine.pool.checkedout()


def stored(sql):
    """What others find in the database."""
    with contextlib.closing(others()) as connection:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall()


def count(table, where="true"):
    """How many rows others find in a table."""
    return stored(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]


@contextlib.contextmanager
def raises(kind, message):
    """Expect an exception: just this class, and just this message. What differs
    from run to run is "..." in it; the statement, its parameters and the link
    that SQLAlchemy appends are no part of it."""
    try:
        yield
    except BaseException as error:
        said = str(error.args[0] if error.args else error)
        pattern = ".*".join(re.escape(part) for part in message.split("..."))
        if type(error) is kind and re.fullmatch(pattern, said, re.DOTALL):
            return
        raise AssertionError(f"expected {kind.__name__}: {message}, got {type(error).__name__}: {said}") from error
    raise AssertionError(f"expected {kind.__name__}: {message}, and nothing was raised")


def fill():
    """Three crates, of which two are labelled."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with contextlib.closing(others()) as connection:
        cursor = connection.cursor()
        if not server:
            cursor.execute("PRAGMA journal_mode=WAL")  # readers do not lock writers out
        cursor.execute("INSERT INTO crates (id, name, count) VALUES (1, 'apples', 10), (2, 'pears', 20), (3, 'plums', 30)")
        cursor.execute("INSERT INTO labels (id, text, crate_id) VALUES (1, 'fresh', 1), (2, 'ripe', 2)")
        if server:
            cursor.execute("SELECT setval('crates_id_seq', 3), setval('labels_id_seq', 2)")
        connection.commit()


def make_database():
    """A database on the server. It ends with the server."""
    with contextlib.closing(others("postgres")) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE stock{os.getpid()}")


def prove(proof):
    """Run a proof over a fresh stock, say that it holds, and end."""
    code = 1
    try:
        if server:
            make_database()
        fill()
        assert connections_out() == 0
        if inspect.iscoroutinefunction(proof):
            asyncio.run(proof())
        else:
            proof()
        print("proved")
        code = 0
    except BaseException:
        traceback.print_exc()
    shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.flush()
    sys.stderr.flush()
    # Connections that are lost on purpose may have threads, which a normal end
    # would wait for.
    os._exit(code)
