"""A session for each thread: work that fails leaves nothing behind."""

import threading

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, stored


def move(started, committed):
    with Session(engine, future=True) as session:
        with session.begin():
            session.get(Crate, 1).count -= 5
            started.set()
            committed.wait(5)
            raise OverflowError("there is no room for them in the other crate")


def rename(started, committed):
    started.wait(5)
    with Session(engine, future=True) as session:
        with session.begin():
            session.get(Crate, 3).name = "cherries"
    committed.set()


def both():
    started, committed = threading.Event(), threading.Event()
    threading.excepthook = lambda _: None
    one = threading.Thread(target=move, args=(started, committed))
    two = threading.Thread(target=rename, args=(started, committed))
    one.start()
    two.start()
    one.join()
    two.join()


def proof():
    both()
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert stored("SELECT name FROM crates WHERE id = 3") == [("cherries",)]
    assert connections_out() == 0


prove(proof)
