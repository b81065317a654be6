"""The classic questions about wrappers, helpers and generators, asked of connections."""

from contextlib import contextmanager

from sqlalchemy import select

from zoo.db import engine
from zoo.tables import animals, keepers


class Ranger:
    """Owns a connection, and closes it."""

    def __init__(self):
        self.conn = engine.connect()

    def herd(self):
        return self.conn.execute(select(animals)).all()

    def close(self):
        self.conn.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Enclosure:
    """Closes the connection that it is given."""

    def __init__(self, conn):
        self._conn = conn

    def __enter__(self):
        return self._conn

    def __exit__(self, *error):
        self._conn.close()


class Fence:
    """Holds a connection that belongs to someone else."""

    def __init__(self, conn):
        self.conn = conn


def close_quietly(conn):
    try:
        conn.close()
    except Exception:
        pass


def close_if_open(conn):
    if conn is not None:
        conn.close()


def only_looks_at(conn):
    return conn.closed


@contextmanager
def scope():
    conn = engine.connect()
    try:
        yield conn
    finally:
        conn.close()


@contextmanager
def scope_of(conn):
    try:
        yield conn
    finally:
        conn.close()


def with_a_ranger():
    with Ranger() as ranger:
        return ranger.herd()


def with_an_enclosure():
    with Enclosure(engine.connect()) as conn:
        return conn.execute(select(animals)).all()


def with_an_enclosure_of_a_name():
    conn = engine.connect()
    with Enclosure(conn):
        return conn.execute(select(animals)).all()


def on_a_fence():
    conn = engine.connect()  # want SES109
    fence = Fence(conn)
    return fence.conn.execute(select(animals)).all()


def on_a_fence_and_closed():
    fence = Fence(engine.connect())
    try:
        return fence.conn.execute(select(animals)).all()
    finally:
        fence.conn.close()


def helper_closes_quietly():
    conn = engine.connect()
    try:
        return conn.execute(select(animals)).all()
    finally:
        close_quietly(conn)


def helper_closes_if_open():
    conn = engine.connect()
    try:
        return conn.execute(select(animals)).all()
    finally:
        close_if_open(conn)


def helper_only_looks():
    conn = engine.connect()  # want SES109
    ids = conn.execute(select(animals.c.id)).all()
    only_looks_at(conn)
    return ids


def in_a_scope():
    with scope() as conn:
        return conn.execute(select(animals)).all()


def in_the_scope_of_its_conn():
    conn = engine.connect()
    with scope_of(conn):
        return conn.execute(select(animals)).all()


def generator_that_closes():
    with engine.connect() as conn:
        yield from conn.execute(select(animals.c.name))


def generator_that_does_not():
    conn = engine.connect()  # want SES109
    yield from conn.execute(select(animals.c.name))


def in_a_tuple():
    conn, limit = engine.connect(), 10  # want SES109
    return conn.execute(select(animals).limit(limit)).all()


def in_a_tuple_and_closed():
    conn, limit = engine.connect(), 10
    try:
        return conn.execute(select(animals).limit(limit)).all()
    finally:
        conn.close()


def in_a_list():
    conns = [engine.connect(), engine.connect()]
    try:
        return [s.execute(select(keepers)).all() for s in conns]
    finally:
        for s in conns:
            s.close()


def in_a_function_within():
    def staff():
        conn = engine.connect()  # want SES109
        return conn.execute(select(keepers)).all()

    return staff()


def used_by_a_function_within():
    with engine.connect() as conn:
        def staff():
            return conn.execute(select(keepers)).all()

        return staff()


def in_a_lambda():
    with engine.connect() as conn:
        find = lambda name: conn.scalar(select(animals.c.id).where(animals.c.name == name))  # noqa: E731
        return find("leo")
