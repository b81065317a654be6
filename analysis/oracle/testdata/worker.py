"""Reads programs as lines of JSON, runs each along all its ways, and answers in a line of JSON.

    {"text": ..., "faults": 1, "limit": 100}
    {"paths": 12, "complete": true, "invalid": "", "notes": [{"kind": "leak", "level": "sure", "way": [0, 1]}]}

A request with "after", another version of the program, is answered with how the two differ
where the application goes the same way and no statement fails:

    {"ways": 12, "invalid": "", "differences": [{"way": {...}, "noted": [...], "before": ..., "after": ...}]}

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

    def twins(self, request):
        """How two versions of a program differ."""
        invalid, runs = "", []
        for version in ("text", "after"):
            mistake, stories = self.stories(request[version], request["text"], request["faults"], request["limit"])
            if mistake:
                return {"ways": 0, "invalid": version + ": " + mistake, "differences": []}
            runs.append(stories)
        before, after = runs
        told, ways = [], 0
        for story, outcome, notes in before:
            for story2, outcome2, notes2 in after:
                if not same_way(story, story2):
                    continue
                ways += 1
                if outcome != outcome2 or set(notes2) - set(notes):
                    told.append({"way": story, "noted": notes, "before": outcome, "after": outcome2, "notedAfter": notes2})
        return {"ways": ways, "invalid": invalid, "differences": told}

    def stories(self, text, handlers, faults, limit):
        """What comes of each way of a program: what was chosen, what came of it, what went wrong."""
        explorer = explore.explorer_for(handlers, faults)
        explorer.quiet = True
        explorer.errors = tuple(e for e in explorer.errors if e is not shop.Foreign)
        out = []
        try:
            self.rules.__dict__.update(shop.opaque(explorer))
            space = {"__name__": "program", "print": lambda *a: None}
            exec(compile(text, "program.py", "exec"), space)
        except Exception as e:
            return repr(e), []
        while len(out) < limit:
            self.outcome = None
            mistake = self.path(text, space, explorer)
            if mistake:
                return mistake, []
            out.append((explorer.story, self.outcome, sorted({kind for kind, _level, _site in explorer.notes})))
            if not explorer.next():
                return "", out
        return "too many ways", []

    def noting(self, entered, function):
        """The function, which notes that it is entered."""
        @functools.wraps(function)
        def wrapped(*args, **kw):
            entered.add(function.__name__)
            return function(*args, **kw)
        return wrapped

    def path(self, text, space, explorer):
        watch = self.watch
        result, normal, mistake, error = None, False, "", ""
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
        except SQLAlchemyError as e:
            watch.misused = watch.misused or explorer.db_faults == 0
            error = type(e).__name__
        except Exception as e:
            error = type(e).__name__
        explorer.armed = False
        if not mistake:
            if explorer.quiet:  # looking at what was returned is a use of it
                self.outcome = [error, describe(result), [[r[0], r[1], str(r[2]).split(" ")[0], r[3]] for r in watch.raw.execute("SELECT id, name, note, kind FROM item ORDER BY id")]]
            watch.finish(result, normal)
        elif empty:  # a row is missing without which the program means nothing
            explorer.notes, mistake = [], ""
        del result
        watch.reset()
        return mistake


def same_way(a, b):
    """Whether two runs were given the same answers, as far as both asked."""
    return all(x == y for name in a.keys() & b.keys() for x, y in zip(a[name], b[name]))


def describe(value):
    """What a caller finds in a value."""
    if isinstance(value, (list, tuple)):
        return [describe(v) for v in value]
    if isinstance(value, (shop.Item, shop.Tag)):
        try:
            return [value.id, value.name]
        except Exception as e:
            return type(e).__name__
    return repr(value) if isinstance(value, (int, str, type(None))) else type(value).__name__


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
        request = json.loads(line)
        print(json.dumps(worker.twins(request) if "after" in request else worker.answer(request)), flush=True)
        done += 1
        if done % 200 == 0:
            gc.collect()


if __name__ == "__main__":
    main()
