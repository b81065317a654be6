"""What the proofs share: a stock of crates in a database file.

A proof is a script that runs under the real SQLAlchemy. It looks at the pool,
and at the file through a connection that SQLAlchemy knows nothing of.
"""

import asyncio
import gc
import inspect
import os
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


engine = create_engine(
    f"sqlite:///{path}",
    poolclass=QueuePool,
    pool_size=5,
    max_overflow=0,
    pool_timeout=0.1,
    connect_args={"timeout": 0.1, "check_same_thread": False},
    future=True,
)
begins_for_real(engine)


def async_engine():
    """An asynchronous engine on the same file."""
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import AsyncAdaptedQueuePool

    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        poolclass=AsyncAdaptedQueuePool,
        pool_size=5,
        max_overflow=0,
        pool_timeout=0.1,
        connect_args={"timeout": 0.1},
    )
    begins_for_real(engine.sync_engine)
    return engine


def connections_out(engine=engine):
    """How many connections are not in the pool."""
    return engine.pool.checkedout()


def stored(sql):
    """What others find in the database."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def fill():
    """Three crates, of which two are labelled."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")  # readers do not lock writers out
    connection.executescript(
        """
        INSERT INTO crates (id, name, count) VALUES (1, 'apples', 10), (2, 'pears', 20), (3, 'plums', 30);
        INSERT INTO labels (id, text, crate_id) VALUES (1, 'fresh', 1), (2, 'ripe', 2);
        """
    )
    connection.commit()
    connection.close()


def prove(proof):
    """Run a proof over a fresh stock, say that it holds, and end."""
    code = 1
    try:
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
