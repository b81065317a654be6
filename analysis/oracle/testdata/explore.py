"""Walks through every run of a program: each decision, each failure.

A run is a list of decisions. The next one to try is the last run's list with
its last decision that has another outcome moved on, until none has.
"""

import sys

import shop


class Endless(BaseException):
    """A run that decides too often."""


class Explorer:
    def __init__(self, faults, errors, db_errors, odd_errors):
        self.trail = []  # pairs [chosen, how many there are]
        self.faults = faults
        self.errors = errors
        self.db_errors = db_errors
        self.odd_errors = odd_errors
        self.quiet = False  # whether the database fails in no run
        self.closed_sites = set()  # lines whose sessions were closed in some run
        self.start()

    def start(self):
        self.at = 0
        self.turns = 0
        self.app_faults = 0
        self.raised = False  # by the program itself
        self.db_faults = 0
        self.odd = False
        self.armed = True
        self.notes = []
        self.story = {}  # by what was asked: the answers, in order

    def choose(self, n, asked="", errors=0):
        c = self.chosen(n)
        if self.armed:
            told = "raises %d" % (c - n + errors) if c >= n - errors else c
            self.story.setdefault(asked or sys._getframe(1).f_code.co_name, []).append(told)
        return c

    def chosen(self, n):
        if n == 1 or not self.armed:
            return 0
        if self.at == len(self.trail):
            if self.at >= 24:
                raise Endless
            self.trail.append([0, n])
        chosen = self.trail[self.at]
        self.at += 1
        return chosen[0]

    def next(self):
        """Turns to the next run; False if that was the last."""
        del self.trail[self.at:]
        while self.trail and self.trail[-1][0] == self.trail[-1][1] - 1:
            self.trail.pop()
        if not self.trail:
            return False
        self.trail[-1][0] += 1
        self.start()
        return True

    def way(self):
        return [c for c, _ in self.trail[: self.at]]

    def spent(self):
        return self.app_faults + self.db_faults >= self.faults

    def outcome(self, n):
        """One of n values, or an application's exception."""
        errors = () if self.spent() else self.errors
        c = self.choose(n + len(errors), sys._getframe(1).f_code.co_name, len(errors))
        if c < n:
            return c
        self.app_faults += 1
        self.odd = self.odd or errors[c - n] is shop.Foreign
        raise errors[c - n]("chosen")

    def db_error(self, usual, odd=True, reads=False):
        """The error that comes of a statement: the name of one of the database's, a class, or None."""
        if self.quiet or self.spent():
            return None
        errors = self.db_errors or (usual,)
        if reads:  # which breaks no constraint
            errors = tuple(e for e in errors if e != "IntegrityError")
        errors += self.odd_errors if odd else ()
        c = self.choose(1 + len(errors))
        if c == 0:
            return None
        self.db_faults += 1
        error = errors[c - 1]
        self.odd = self.odd or not isinstance(error, str)
        return error

    def construct(self):
        """Raises what a constructor may raise, if a handler speaks of it."""
        if self.quiet or not self.handles or self.spent():
            return
        errors = self.odd_errors or self.errors
        c = self.choose(1 + len(errors))
        if c:
            self.app_faults += 1
            self.odd = True
            raise errors[c - 1]("chosen")


def explorer_for(text, faults):
    named = [n for n in shop.APP_ERRORS if _handled(text, n)]
    own = tuple(shop.APP_ERRORS[n] for n in named[:2])
    both = _handled(text, "IntegrityError") or _handled(text, "OperationalError")
    foreign = (shop.Foreign,) if both or _handled(text, "SQLAlchemyError") else ()
    e = Explorer(faults, own + (shop.Unforeseen,) + foreign, ("IntegrityError", "OperationalError") if both else (), own)
    e.handles = "except" in text
    return e


def _handled(text, name):
    return any(name in line for line in text.splitlines() if line.lstrip().startswith("except "))
