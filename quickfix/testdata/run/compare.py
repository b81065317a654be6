"""Run the calls that two versions of a file name, and print what came of each."""

import asyncio
import importlib.util
import inspect
import json
import os
import shutil
import sys

import stock


def load(path):
    spec = importlib.util.spec_from_file_location("version", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def describe(value):
    """What a caller finds in a value, columns of mapped objects too."""
    if isinstance(value, (list, tuple)):
        return [describe(v) for v in value]
    if isinstance(value, stock.Base):
        try:
            return [type(value).__name__] + [getattr(value, c.name) for c in type(value).__table__.columns]
        except Exception as error:
            return [type(value).__name__, type(error).__name__]
    return repr(value)


def rows():
    return [
        stock.stored("SELECT name, count, state FROM crates ORDER BY id"),
        stock.stored("SELECT id, text, crate_id FROM labels ORDER BY id"),
    ]


def outcome(path, call):
    """Run one call over a fresh stock. This is a process of its own."""
    stock.fill()
    start = rows()
    module = load(path)
    engine = getattr(module, "engine", stock.engine)
    function, *arguments = call
    result = {"returned": None, "raised": None}

    def finish(value):
        result["returned"] = describe(value)

    async def run():
        finish(await getattr(module, function)(*arguments))

    try:
        if inspect.iscoroutinefunction(getattr(module, function)):
            asyncio.run(run())
        else:
            finish(getattr(module, function)(*arguments))
    except Exception as error:
        result["raised"] = type(error).__name__
    result["rows"] = rows()
    result["changed"] = result["rows"] != start
    result["out"] = stock.connections_out(engine)
    return result


def separately(path, call):
    """Run a call in a child, which takes what it lost with it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with os.fdopen(writer, "w") as out:
                json.dump(outcome(path, call), out)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as out:
        text = out.read()
    os.waitpid(child, 0)
    return json.loads(text)


out, sys.stdout = sys.stdout, sys.stderr  # what the calls print is not of interest
before, after = sys.argv[1:]
module = load(before)
results = []
for kind in ("SAME", "MENDED", "REPAIRED", "DIFFERENT"):
    for call in getattr(module, kind, []):
        results.append({"kind": kind, "call": repr(call), "before": separately(before, call), "after": separately(after, call)})
json.dump(results, out)
shutil.rmtree(stock.folder, ignore_errors=True)
