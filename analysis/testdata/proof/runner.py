"""Run proofs, each in a process of its own: runner.py PROOF ...

Importing SQLAlchemy takes longer than most proofs, so it is imported once, and
the processes are forked from there. For each proof that ended, a line of JSON
tells what it printed and whether it held.
"""

import json
import os
import runpy
import signal
import sys
import tempfile
import traceback

# What the proofs import anyway. None of these starts a thread.
import asyncio  # noqa: F401
import sqlite3  # noqa: F401

import aiosqlite  # noqa: F401
import asyncpg  # noqa: F401
import psycopg2  # noqa: F401
import sqlalchemy.ext.asyncio
import sqlalchemy.orm  # noqa: F401
from sqlalchemy.dialects.postgresql import asyncpg as _, psycopg2 as _  # noqa: F401, F811
from sqlalchemy.dialects.sqlite import aiosqlite as _, pysqlite as _  # noqa: F401, F811

LONGEST = 120  # seconds; a proof that hangs is ended


def run(path, output):
    """What the forked process does."""
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    signal.alarm(LONGEST)
    try:
        runpy.run_path(path, run_name="__main__")
        print("the proof does not call prove")
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(1)


def main(paths):
    running = {}
    while paths or running:
        while paths and len(running) < os.cpu_count():
            path, output = paths.pop(0), tempfile.TemporaryFile("w+")
            pid = os.fork()
            if pid == 0:
                run(path, output)
            running[pid] = path, output
        pid, status = os.wait()
        path, output = running.pop(pid)
        output.seek(0)
        text = output.read()
        if os.WIFSIGNALED(status):
            text += f"ended by signal {os.WTERMSIG(status)}\n"
        # A thread that a lost connection leaves behind may write into the same line.
        print(json.dumps({"path": path, "held": status == 0 and "proved" in text, "output": text}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
