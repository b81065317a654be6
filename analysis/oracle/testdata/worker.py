"""Reads programs as lines of JSON, runs each along all its ways, and answers in a line of JSON.

    {"text": ..., "faults": 1, "limit": 100}
    {"paths": 12, "complete": true, "invalid": "", "notes": [{"kind": "leak", "level": "sure", "way": [0, 1]}]}

A program is invalid if Python itself objects to it: an unbound name, a wrong type.
"""

import functools
import gc
import inspect
import json
import re
import sys
import types

import sqlalchemy
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Query

import explore
import shop
from watch import Watch

MISTAKES = (NameError, TypeError, AttributeError, SyntaxError, ImportError, explore.Endless, AssertionError)


class Worker:
    def __init__(self):
        self.watch = Watch()
        sqlalchemy.create_engine = lambda *a, **kw: self.watch.engine
        models = types.ModuleType("shop.models")
        models.Item, models.Tag = shop.Item, shop.Tag
        self.rules = types.ModuleType("shop.rules")
        sys.modules.update({"shop.models": models, "shop.rules": self.rules})

    def answer(self, request):
        text = request["text"]
        explorer = explore.explorer_for(text, request["faults"])
        try:
            self.rules.__dict__.update(shop.opaque(explorer))
            space = {"__name__": "program", "print": lambda *a: None}
            exec(compile(text, "program.py", "exec"), space)
        except Exception as e:
            return {"paths": 0, "complete": False, "invalid": repr(e), "notes": []}
        entered = set()
        for name in [n for n in space if n.startswith("h_")]:
            space[name] = self.noting(entered, space[name])
        found, paths, invalid, complete = {}, 0, "", False
        while paths < request["limit"]:
            paths += 1
            invalid = self.path(text, space, explorer)
            if invalid:
                break
            for note in explorer.notes:
                found.setdefault(note, explorer.way())
            if not explorer.next():
                complete = True
                break
        told = {}
        for (kind, level, site), way in found.items():
            if kind in ("leak", "leak-connection") and level == "app" and site not in explorer.closed_sites:
                level = "never"
            told.setdefault((kind, level), way)
        notes = [{"kind": k, "level": l, "way": w} for (k, l), w in sorted(told.items())]
        return {"paths": paths, "complete": complete, "invalid": invalid, "notes": notes, "entered": sorted(entered)}

    def noting(self, entered, function):
        """The function, which notes that it is entered."""
        @functools.wraps(function)
        def wrapped(*args, **kw):
            entered.add(function.__name__)
            return function(*args, **kw)
        return wrapped

    def path(self, text, space, explorer):
        watch = self.watch
        result, normal, mistake = None, False, ""
        # A list may have no rows, but not where a row is taken to be there.
        empty = " for row in " in text and not re.search(r"\.get\(Item, \d", text) and explorer.choose(2) == 1
        if empty:
            watch.raw.execute("DELETE FROM item")
            watch.dirty = True
        watch.explorer = explorer
        try:
            space["Rejected"] = shop.derived(text, explorer)
            job = space[("job", "h_maybe")[explorer.choose(2)] if "h_maybe" in space else "job"]
            args = [shop.argument(explorer, p) for p in entry_parameters(job)]
            result = job(*args)
            if isinstance(result, (Query, sqlalchemy.Result)) or inspect.isgenerator(result):
                watch.caller = True
                result = list(result)  # as a caller would
            normal = True
        except MISTAKES as e:
            mistake = repr(e)
        except SQLAlchemyError:
            watch.misused = watch.misused or explorer.db_faults == 0
        except Exception:
            pass
        explorer.armed = False
        if not mistake:
            watch.finish(result, normal)
        elif empty:  # a row is missing without which the program means nothing
            explorer.notes, mistake = [], ""
        del result
        watch.reset()
        return mistake


def entry_parameters(function):
    """The parameters that a caller must give."""
    return [n for n, p in inspect.signature(function).parameters.items() if p.default is p.empty]


def main():
    worker = Worker()
    gc.disable()
    gc.collect()
    gc.freeze()
    done = 0
    for line in sys.stdin:
        print(json.dumps(worker.answer(json.loads(line))), flush=True)
        done += 1
        if done % 200 == 0:
            gc.collect()


if __name__ == "__main__":
    main()
