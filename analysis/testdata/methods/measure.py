"""Do what each row of the method table speaks of, and tell what came of it.

measure.py TABLE prints a line of JSON for each row, with the columns of the
table as they are under the installed SQLAlchemy, and one for each class, with
the public members that the table has no row for.
"""

import asyncio
import inspect
import json
import logging
import os
import shutil
import sys
import warnings

import stock
from calls import Iteration, call_of
from sqlalchemy import event
from sqlalchemy import inspect as inspect_object
from stock import connections_out
from subjects import Absent, Things, async_engine, engine, family, settle

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

log = []  # what the engines did


def listen(to):
    def statement(connection, cursor, sql, *_):
        if sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE", "PRAGMA"):
            log.append("FLUSH" if sql.startswith("INSERT INTO labels") else "SQL")

    event.listen(to, "before_cursor_execute", statement)
    for name in ("checkout", "checkin", "begin", "commit", "rollback"):
        event.listen(to, name, lambda *_, name=name: log.append(name))


def refill():
    """The stock as it was, faster than fill()."""
    connection = stock.others()
    connection.executescript(
        """
        PRAGMA synchronous = OFF;
        DELETE FROM labels; DELETE FROM crates;
        INSERT INTO crates (id, name, count) VALUES (1, 'apples', 10), (2, 'pears', 20), (3, 'plums', 30);
        INSERT INTO labels (id, text, crate_id) VALUES (1, 'fresh', 1), (2, 'ripe', 2);
        """
    )
    connection.close()


def contents():
    return stock.stored("SELECT id, name, count FROM crates"), stock.stored("SELECT text FROM labels")


def awaiting(value):
    """How an asynchronous member wants to be waited for."""
    if isinstance(value, Iteration):
        return "iterate"
    if inspect.iscoroutine(value):
        return "yes"
    if hasattr(value, "__await__"):
        return "either"
    if hasattr(value, "__aenter__") and type(value).__name__ not in ("AsyncSession", "AsyncConnection"):
        return "enter"
    return "no"


class Run:
    """One call, and what it did."""

    def __init__(self, row):
        self.row = row

    async def make(self, state, write=False):
        refill()
        self.value = None
        self.things = Things(write)
        extra = (self.row["of"],) if self.row["of"] else ()
        self.subject = await family(self.row["class"])(self.row["class"], state, self.things, *extra)

    async def call(self, call, wait):
        log.clear()
        self.before = self.things.in_transaction()
        self.error = self.value = None
        self.waits = "no"
        try:
            self.value = call(self.subject, self.things)
            self.waits = awaiting(self.value)
            if wait and self.waits in ("yes", "either"):
                self.value = await self.value
            if self.waits == "iterate":
                self.value = await self.value.all()
        except Exception as error:
            self.error = error
        self.did = set(log)
        self.after = self.things.in_transaction()
        self.out = connections_out(engine) + connections_out(async_engine)
        crate = self.things.crate and inspect_object(self.things.crate)
        self.expired = crate is not None and "name" not in crate.dict
        self.detached = crate is not None and crate.session_id is None

    async def finish(self):
        for close in (self.things.finish, getattr(self.value, "close", None)):
            try:
                close and await settle(close())
            except Exception:
                pass
        if connections_out(engine):
            engine.dispose()
        if connections_out(async_engine):
            await async_engine.dispose()


async def run(row, call, state, wait=True):
    r = Run(row)
    await r.make(state)
    await r.call(call, wait)
    await r.finish()
    return r


async def writes(row, call, write):
    """Whether a call, and a commit after it, change what is stored."""
    r = Run(row)
    await r.make("fresh", write)
    before = contents()
    await r.call(call, True)
    owner = r.subject.session if row["class"] == "Query" else r.subject
    try:
        await settle(owner.commit())
    except Exception:
        pass
    after = contents()
    await r.finish()
    return before != after


def gives(expected, r):
    """The table's word for what a member gives, if that is true of it, or else the value's type."""
    v = r.value
    name = type(v).__name__
    holds = {
        "transaction": "Transaction" in name,
        "savepoint": "Transaction" in name,
        "connection": name in ("Connection", "AsyncConnection"),
        "raw-connection": "ConnectionFairy" in name,
        "begun-connection": hasattr(v, "__enter__") or hasattr(v, "__aenter__"),
        "begun-session": hasattr(v, "__enter__") or hasattr(v, "__aenter__"),
        "session": name in ("Session", "AsyncSession"),
        "query": name in ("Query", "generator"),
        "result": "Result" in name,
        "self": isinstance(v, type(r.subject)) or "Result" in name,
        "objects": hasattr(v, "__iter__") or hasattr(v, "__aiter__"),
    }
    return expected if r.error or holds.get(expected, True) else name


async def measure(row):
    row = dict(row)
    base = row["member"].split("[")[0]
    try:
        r = Run(row)
        await r.make("fresh")
    except Absent:
        return {"exists": False}
    kind = type(r.subject)
    await r.finish()
    exists = hasattr(kind, base) or base in getattr(r.subject, "__dict__", {})
    if not exists:
        return {"exists": False}
    static = inspect.getattr_static(kind, base, None)
    is_property = isinstance(static, property) or not callable(getattr(kind, base, None))
    call = call_of(row["class"], row["member"], is_property)

    fresh = await run(row, call, "fresh")
    if "not implemented for SQLAlchemy 2.0" in str(fresh.error):
        return {"exists": False}
    opened = await run(row, call, "open", wait=fresh.waits != "no")
    closed = await run(row, call, "closed", wait=fresh.waits != "no")
    effects = {
        "sql": {"SQL", "FLUSH"} & (fresh.did | opened.did),
        "begins": fresh.after and not fresh.before,
        "checkout": "checkout" in fresh.did,
        "flushes": "FLUSH" in opened.did,
        "commits": "commit" in opened.did,
        "rollsback": "rollback" in opened.did,
        "ends": opened.before and not opened.after,
        "releases": "checkin" in opened.did,
        "expires": opened.expired,
        "detaches": opened.detached,
    }
    if closed.error:
        verdict = "dead" if row["class"].endswith("Result") else "raises"
    elif closed.out:
        verdict = "reopens"
    else:
        verdict = "queues" if closed.after and not closed.before else "harmless"
    if row["closed"] == "-":
        verdict = "-"  # nothing closes it
    wrote = row["writes"]
    if wrote in ("yes", "no"):
        wrote = "yes" if await writes(row, call, False) else "no"
    elif wrote == "statement":
        seen = await writes(row, call, False), await writes(row, call, True)
        wrote = "statement" if seen == (False, True) else f"reading: {seen[0]}, writing: {seen[1]}"
    value = gives(row["gives"], opened if fresh.error or fresh.value is None else fresh)
    return {
        "exists": True,
        "kind": "property" if is_property else "method",
        "await": fresh.waits,
        "effects": ",".join(name for name, on in effects.items() if on) or "-",
        "closed": verdict,
        "writes": wrote,
        "gives": value,
        "errors": [str(r.error)[:200] for r in (fresh, opened, closed) if r.error],
    }


async def main(table):
    stock.fill()
    listen(engine)
    listen(async_engine.sync_engine)
    rows = read(table)
    for row in rows:
        print(json.dumps({"class": row["class"], "member": row["member"], **await measure(row)}))
    listed = {"CursorResult": {row["member"] for row in rows if row["class"] == "Result"}}
    for row in rows:
        listed.setdefault(row["class"], set()).add(row["member"])
    for owner, members in listed.items():
        r = Run({"class": owner, "of": ""})
        try:
            await r.make("fresh")
        except Absent:
            continue
        left = {name for name in dir(type(r.subject)) if not name.startswith("_")} - members
        await r.finish()
        print(json.dumps({"class": owner, "left": sorted(left)}))


def read(table):
    rows, header = [], None
    with open(table, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                continue
            if header is None:
                header = fields
                continue
            row = dict(zip(header, fields))
            of = [part[3:] for part in row.get("differs", "").split("; ") if part.startswith("of ")]
            row["of"] = of[0] if of else ""
            rows.append(row)
    return rows


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
    shutil.rmtree(stock.folder, ignore_errors=True)
    sys.stdout.flush()
    os._exit(0)
