"""Watches SQLAlchemy while a program runs, and notes what it leaks, loses and raises.

Each note is a pair of a kind and the way that led there:

    sure    no exception before it
    app     after an exception of the application
    odd     after an exception that only a handler in the program speaks of, or after one of each kind
    db      after a failed statement or commit
    broken  after something that is noted already, or that nobody chose
    helped  (detached) after a query or a helper loaded objects, which may have been any,
            or that are of another session than the last one there; (begin-twice) after a
            helper looked for a row that its caller may have had
    caller  (leaks) after the caller ran the query that the program returned
    never   (leaks) after an exception of the application, of what no run closes
"""

import contextlib
import os
import sqlite3
import sys
import tempfile
import weakref

import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy import event, orm
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm.session import SessionTransaction
from sqlalchemy.pool import QueuePool

import shop

SEED = "DELETE FROM item; INSERT INTO item (id, name, note, kind) VALUES (1, 'saw', 'old', 'tool'), (2, 'axe', 'old', 'tool'), (3, 'nail', 'old', 'spare'), (4, 'bolt', 'old', 'spare'), (5, 'file', 'old', 'loose'), (6, 'vice', 'old', 'loose'), (7, 'drill', 'old', 'tool'), (8, 'glue', 'old', 'rare'), (9, 'wax', 'old', 'rare'), (10, 'oil', 'old', 'rare'), (11, 'ink', 'old', 'rare');"
TAGS = "INSERT INTO tag (id, name, kind) VALUES (1, 'new', 'tool'), (2, 'used', 'tool')"

# What SQLAlchemy says when it is misused, and the kind of it.
MISUSES = (
    ("A transaction is already begun on this Session", "begin-twice"),
    ("already initialized a SQLAlchemy Transaction() object", "begin-twice"),
    ("Can't operate on closed transaction inside context manager", "closed-transaction"),
    ("This Session's transaction has been rolled back due to a previous exception", "pending-rollback"),
    ("is not bound to a Session; attribute refresh operation cannot proceed", "detached"),
    ("as this identity map is no longer valid", "dead-result"),
    ("This Connection is closed", "closed-connection"),
)

# Statements that surely fail, by the error that they fail with.
FAILING = {"IntegrityError": "INSERT INTO item (id) VALUES (1), (1)", "OperationalError": "SELECT nothing FROM nowhere"}


class Database(sqlite3.Connection):
    """A connection that closes its cursors: an unread one would keep its snapshot and locks into the next run."""

    def cursor(self, *args):
        c = super().cursor(*args)
        self.__dict__.setdefault("cursors", weakref.WeakSet()).add(c)
        return c

    def close(self):
        self.close_cursors()
        super().close()

    def close_cursors(self):
        for cursor in list(self.__dict__.pop("cursors", ())):
            with contextlib.suppress(sqlite3.ProgrammingError):  # the connection is closed
                cursor.close()


def within(name):
    """Whether a function whose name begins so is running."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name.startswith(name):
            return True
        frame = frame.f_back
    return False


class Watch:
    """One database, its engine, and what is known of the run on it."""

    def __init__(self):
        self.explorer = None
        home = "/dev/shm" if os.path.isdir("/dev/shm") else None
        self.dir = tempfile.TemporaryDirectory(prefix="oracle", dir=home)
        self.path = os.path.join(self.dir.name, "shop.db")
        self.raw = sqlite3.connect(self.path, isolation_level=None, timeout=0)
        self.raw.execute("PRAGMA journal_mode=wal")
        self.raw.execute("PRAGMA synchronous=off")
        self.engine = sa.create_engine(
            "sqlite:///" + self.path, poolclass=QueuePool, pool_size=5, max_overflow=40,
            connect_args={"timeout": 0, "check_same_thread": False, "factory": Database},
        )
        self.sessions = weakref.WeakSet()
        self.opened = []  # all DBAPI connections
        shop.Base.metadata.create_all(sa.create_engine("sqlite:///" + self.path))
        self.raw.execute(TAGS)
        self.dirty = True
        self.reset()
        self.listen()

    def reset(self):
        """Makes everything as it was before the first run."""
        self.explorer = None
        for s in list(self.sessions):
            s.close()
        for c in getattr(self, "connections", ()):
            c.close()
        for c in self.opened:
            c.close_cursors()
        if self.engine.pool.checkedout():
            self.engine.pool = self.engine.pool.recreate()
            for c in self.opened:
                c.close()
            self.opened.clear()
        self.sessions.clear()
        self.lines, self.remade = set(), False  # where sessions were made, and whether twice at one place
        self.connections = []  # that the program made itself
        self.log = {}  # by DBAPI connection: what it wrote since it began, and its savepoints
        self.closed = weakref.WeakKeyDictionary()  # sessions that were closed once
        self.sites = weakref.WeakKeyDictionary()  # the lines on which sessions and connections were made
        self.failed = weakref.WeakSet()  # sessions whose flush or commit failed
        self.uncommitted = weakref.WeakSet()  # sessions whose commit failed
        self.failing = False  # whether the error to come was chosen
        self.helped = False  # whether any object may have been loaded since the last commit or rollback
        self.looked = False  # whether the last statement was a helper's search for one row
        self.halfway = False  # whether a rollback came from within a savepoint: it expires new objects, too, before it lets go of them
        self.inserted = False  # whether there are new objects, which a list may have
        self.listed = False  # whether there is a list, which another one may share rows with
        self.nesting = 0  # how many begin_nested() are running
        self.own = 0  # depth of SQLAlchemy's own use of connect() and of rollback
        self.misused = False
        self.caller = False  # whether the caller went on with what was returned
        if self.dirty:
            self.raw.executescript("BEGIN;" + SEED + "COMMIT;")
            self.dirty = False

    # What is noted.

    def level(self):
        e = self.explorer
        if self.misused:
            return "broken"
        if e.odd:
            return "odd"
        if e.db_faults:
            return "odd" if e.app_faults else "db"
        return "app" if e.app_faults or e.raised else "sure"

    def note(self, kind, level=None, site=None):
        if self.explorer is not None:
            self.explorer.notes.append((kind, level or self.level(), site))

    def lost(self, session):
        """Notes that a session's work is dropped; that it is on purpose if an exception is the reason."""
        if sys.exc_info()[0] is not None:
            self.note("dropped")
        elif session._trans_context_manager is not None:
            self.note("lost-closed")
        elif session in self.closed:
            self.note("lost-reopened")
        else:
            self.note("lost", "caller" if self.caller else None)

    # What a session has that a commit would save.

    def pending(self, s):
        if s._new or s._deleted or any(s.is_modified(o) for o in s.dirty):
            return True
        return any("" in self.log.get(id(c), ()) for c in held(s))

    # Listening.

    def listen(self):
        watch, engine = self, self.engine

        @event.listens_for(engine, "connect")
        def _(dbapi, _record):
            watch.opened.append(dbapi)
            dbapi.isolation_level = None
            dbapi.execute("PRAGMA synchronous=off")

        @event.listens_for(engine, "begin")
        def _(conn):
            conn.connection.dbapi_connection.execute("BEGIN")

        @event.listens_for(engine, "before_cursor_execute", retval=True)
        def _(conn, _cursor, statement, parameters, _context, _many):
            verb = statement.split(None, 1)[0].upper()
            if watch.explorer is None or verb not in ("SELECT", "INSERT", "UPDATE", "DELETE"):
                return statement, parameters
            writes = verb != "SELECT"
            watch.inserted = watch.inserted or verb == "INSERT"
            watch.listed = watch.listed or not writes and "item.id = ?" not in statement
            one_row = "item.id = ?" in statement and not within("h_") and not ((watch.inserted or watch.listed) and (within("load_scalar") or within("_load_scalar")))
            watch.helped = watch.helped or not writes and not one_row
            watch.looked = not writes and "item.id = ?" in statement and within("h_")
            error = watch.explorer.db_error("IntegrityError" if verb in ("INSERT", "UPDATE") else "OperationalError", reads=not writes)
            if error is not None and (watch.nesting or within("_autoflush") and within("h_")):
                watch.explorer.odd = True  # what is flushed before a savepoint is meant to be undone; nor does a helper's query mean its caller's work
            if error is not None and error not in FAILING:
                raise error("chosen")
            if error:
                watch.failing = True
                for s in watch.sessions:
                    if s._flushing:
                        watch.failed.add(s)
                return FAILING[error], [()] if isinstance(parameters, list) else ()
            if writes:
                watch.log.setdefault(id(conn.connection.dbapi_connection), []).append("")
            return statement, parameters

        @event.listens_for(engine, "handle_error")
        def _(context):
            if watch.explorer is not None and not watch.failing:
                watch.note("unplanned")  # such as a locked database
                watch.misused = True
            watch.failing = False

        @event.listens_for(engine, "savepoint")
        def _(conn, name):
            watch.log.setdefault(id(conn.connection.dbapi_connection), []).append(name or "?")

        @event.listens_for(engine, "rollback_savepoint")
        def _(conn, name, _context):
            log = watch.log.get(id(conn.connection.dbapi_connection), [])
            if name in log:
                del log[log.index(name):]

        dialect = engine.dialect
        do_commit, do_rollback = dialect.do_commit, dialect.do_rollback

        def commit(fairy):
            error = watch.explorer and watch.explorer.db_error("OperationalError", odd=False)
            if error:
                if "" in watch.log.pop(id(fairy.dbapi_connection), ()):
                    failed = [s for s in watch.sessions if fairy.dbapi_connection in held(s)]
                    watch.failed.update(failed)
                    watch.uncommitted.update(failed)
                do_rollback(fairy)
                watch.failing = True
                raise getattr(sqlite3, error)("chosen")
            do_commit(fairy)
            keeps = len(watch.closed) > 0 or any(not s.expire_on_commit for s in watch.sessions)
            watch.helped = watch.helped and keeps  # what a closed session had is not expired any more
            if watch.log.pop(id(fairy.dbapi_connection), None):
                watch.dirty = True

        def rollback(fairy):
            log = watch.log.pop(id(fairy.dbapi_connection), None)
            if log and "" in log and not watch.own:
                watch.note("lost-core" if sys.exc_info()[0] is None else "dropped")
            do_rollback(fairy)

        dialect.do_commit, dialect.do_rollback = commit, rollback

        def wrap(cls, name, make):
            setattr(cls, name, make(getattr(cls, name)))

        def silent(before):
            """Runs before first, and then the method as work of SQLAlchemy's own."""
            def make(method):
                def wrapped(self, *args, **kw):
                    before(self)
                    watch.own += 1
                    try:
                        return method(self, *args, **kw)
                    finally:
                        watch.own -= 1
                return wrapped
            return make

        def plain(before):
            """Runs before first, and then the method."""
            def make(method):
                def wrapped(self, *args, **kw):
                    before(self)
                    return method(self, *args, **kw)
                return wrapped
            return make

        def closing(s):
            if watch.explorer is not None:
                if s._trans_context_manager is not None:
                    watch.note("closed-inside")
                if watch.pending(s):
                    watch.lost(s)
                watch.explorer.closed_sites.add(watch.sites.get(s))
            watch.failed.discard(s)
            watch.closed[s] = True

        def undoing(s):
            watch.failed.discard(s)
            watch.halfway = watch.halfway or s.in_nested_transaction()
            watch.helped = watch.helped and not s.in_transaction()

        wrap(orm.Session, "close", silent(closing))
        wrap(orm.Session, "rollback", silent(undoing))
        def nested(method):
            def wrapped(self, *args, **kw):
                if watch.explorer is not None and watch.explorer.db_error("OperationalError", odd=False):
                    watch.explorer.odd = True
                    raise sqlalchemy.exc.OperationalError("SAVEPOINT", {}, sqlite3.OperationalError("chosen"))
                watch.nesting += 1
                try:
                    return method(self, *args, **kw)
                finally:
                    watch.nesting -= 1
            return wrapped

        def refreshed(method):
            def wrapped(self, *args, **kw):
                if watch.explorer is not None and args and self.is_modified(args[0]):
                    watch.note("lost-refreshed")  # it is expired before anything is flushed
                return method(self, *args, **kw)
            return wrapped

        wrap(orm.Session, "refresh", refreshed)
        wrap(orm.Session, "begin_nested", nested)
        wrap(orm.Session, "flush", silent(lambda s: None))
        def shutting(c):
            if watch.explorer is not None and c in watch.sites:
                watch.explorer.closed_sites.add(watch.sites[c])

        wrap(Connection, "close", plain(shutting))
        wrap(Connection, "rollback", silent(lambda c: None))
        wrap(SessionTransaction, "_connection_for_bind", silent(lambda t: None))

        def made(method):
            def wrapped(self, *args, **kw):
                method(self, *args, **kw)
                watch.sessions.add(self)
                at = line()
                watch.remade = watch.remade or at in watch.lines
                watch.lines.add(at)
                watch.sites[self] = at
            return wrapped

        wrap(orm.Session, "__init__", made)

        def connected(method):
            def wrapped(self):
                c = method(self)
                if not watch.own:
                    watch.connections.append(c)
                    watch.sites[c] = line()
                return c
            return wrapped

        wrap(Engine, "connect", connected)

        def came(t):
            if not t.nested:
                watch.failed.discard(t.session)

        wrap(SessionTransaction, "__enter__", plain(came))

        def left(method):
            def wrapped(self, kind, value, trace):
                s = self.session
                if s in watch.failed:
                    if kind is None:
                        watch.note("lost-handled" if not self.nested else "lost-nested")
                    if not self.nested or s not in watch.uncommitted:  # a savepoint heals a flush, and no commit
                        watch.failed.discard(s)
                try:
                    return method(self, kind, value, trace)
                except BaseException:
                    watch.failed.discard(s)  # it is told, not lost in silence
                    raise
            return wrapped

        wrap(SessionTransaction, "__exit__", left)

        def raised(method):
            def wrapped(self, *args, **kw):
                method(self, *args, **kw)
                if watch.explorer is None:
                    return
                text = str(args[0]) if args else ""
                other = type(self) is sqlalchemy.exc.InvalidRequestError
                for part, kind in MISUSES + ((("", "misuse"),) if other else ()):
                    if part in text:
                        # What is raised while another exception is on its way hides no more than that.
                        on_its_way = kind == "pending-rollback" and sys.exc_info()[0] is not None
                        watch.note(kind, "broken" if on_its_way else "helped" if kind == "detached" and (watch.helped or watch.halfway or watch.remade or len(watch.lines) > len(watch.sessions)) or kind == "begin-twice" and watch.looked else None)
                        watch.misused = True
                        return
            return wrapped

        wrap(sqlalchemy.exc.HasDescriptionCode, "__init__", raised)

    # The end of a run.

    def finish(self, result, normal):
        """Notes what the run left behind. result is what the program handed to its caller."""
        out = [id(x) for x in (result if isinstance(result, tuple) else (result,))]
        for s in self.sessions:
            if id(s) in out:
                continue
            if held(s):
                if s in self.closed:
                    self.note("leak-reopened")
                else:
                    self.note("leak", "caller" if self.caller else None, self.sites[s])
            if self.pending(s):
                if normal:
                    self.lost(s)
                else:
                    self.note("dropped")
        for c in self.connections:
            if id(c) in out or c.closed or c.invalidated:
                continue
            self.note("leak-connection", None if c.in_transaction() else "broken", self.sites.get(c))
            if normal and "" in self.log.get(id(c.connection.dbapi_connection), ()):
                self.note("lost-core")


def line():
    """Where the program is: the lines of its functions that are running, the last one called first."""
    frame, lines = sys._getframe(1), []
    while frame is not None:
        if frame.f_code.co_filename == "program.py":
            lines.append(frame.f_lineno)
        frame = frame.f_back
    return tuple(lines)


def held(s):
    """The DBAPI connections that a session holds."""
    out = []
    t = s._transaction
    while t is not None:
        for entry in t._connections.values():
            c = entry[0]
            if not c.closed and not c.invalidated and c.connection.dbapi_connection not in out:
                out.append(c.connection.dbapi_connection)
        t = t._parent
    return out
