"""What the random programs import: a mapped class, and functions whose outcome is chosen.

A program knows nothing of these functions; each call of one asks the explorer
(explore.py) what comes of it, and any of them may raise.
"""

import itertools

from sqlalchemy import Column, Integer, String
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import declarative_base, validates

Base = declarative_base()
COUNTER = itertools.count()


class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    note = Column(String)
    kind = Column(String)

    def __init__(self, **values):
        super().__init__(**values)
        if AppError.explorer is not None:
            AppError.explorer.construct()

    @validates("note")
    def _differs(self, _key, value):
        """Every value that is set is another one, as it would be in life: setting it changes the row."""
        return "%s %d" % (value, next(COUNTER))


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    kind = Column(String)


class AppError(Exception):
    explorer = None  # that of the running program

    def __init__(self, *args):
        super().__init__(*args)
        if AppError.explorer is not None:
            AppError.explorer.raised = True


class Rejected(AppError):
    pass


class Unavailable(AppError):
    pass


class Unforeseen(AppError):
    """The error that no handler names."""


class Foreign(IntegrityError, OperationalError):
    """A database error out of a function that has nothing to do with the program's sessions."""

    def __init__(self, message):
        super().__init__(message, None, None)


def derived(text, explorer):
    """What Rejected derives from: nobody who reads the program knows."""
    if "raise Rejected" in text and not explorer.quiet:
        handled = [l for l in text.splitlines() if l.lstrip().startswith("except ")]
        parents = [p for n, p in PARENTS.items() if any(n in l for l in handled)]
        c = explorer.choose(1 + len(parents))
        if c:
            explorer.odd = True
            return parents[c - 1]
    return Rejected


PARENTS = {
    "SQLAlchemyError": type("Rejected", (Rejected, SQLAlchemyError), {}),
    "ValueError": type("Rejected", (Rejected, ValueError), {}),
}

APP_ERRORS = {"Rejected": Rejected, "Unavailable": Unavailable, "ValueError": ValueError, "KeyError": KeyError}


class Chosen:
    """A flag that is decided when it is first asked for, and then stays so."""

    def __init__(self, explorer, name):
        self.explorer = explorer
        self.name = name
        self.value = None

    def __bool__(self):
        if self.value is None:
            self.value = bool(self.explorer.choose(2, self.name))
        return self.value


def opaque(explorer):
    """The functions of the module shop.rules."""
    AppError.explorer = explorer

    def allowed(*_):
        return bool(explorer.outcome(2))

    def more(*_):
        if explorer.turns >= 2:
            return False
        if not explorer.outcome(2):
            return False
        explorer.turns += 1
        return True

    def batch(*_):
        return ["n%d" % n for n in range(explorer.outcome(3))]

    def chosen(n):
        return (7 + n, 99)[explorer.outcome(2)]

    def notify(*_):
        explorer.outcome(1)

    names = {"allowed": allowed, "stale": allowed, "more": more, "batch": batch, "chosen": chosen}
    names.update({"notify": notify, "check": notify, "charge": notify, "parse": notify})
    names.update({"Rejected": Rejected, "Unavailable": Unavailable})
    return names


def argument(explorer, name):
    """What a parameter of a program is: chosen by its name."""
    if name == "item_id":
        return (7, 3, 99)[explorer.choose(3, name)]  # a tool, a spare, none; another than what get() asks for by a number
    if name == "kind":  # of none of the rows that get() asks for by a number
        return ("loose", "none")[explorer.choose(2, name)]
    if name == "words":
        return ["n%d" % n for n in range(explorer.choose(3, name))]
    return Chosen(explorer, name)
