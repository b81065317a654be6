"""Two threads on one Session: the commit of one makes half of the other's work durable."""

import threading

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, stored


def move(session, started, committed):
    session.get(Crate, 1).count -= 5
    started.set()
    committed.wait(5)
    raise OverflowError("there is no room for them in the other crate")


def rename(session, started, committed):
    started.wait(5)
    session.get(Crate, 3).name = "cherries"
    session.commit()
    committed.set()


def both():
    started, committed = threading.Event(), threading.Event()
    threading.excepthook = lambda _: None
    with Session(engine, future=True) as session:
        one = threading.Thread(target=move, args=(session, started, committed))
        two = threading.Thread(target=rename, args=(session, started, committed))  # want SES403
        one.start()
        two.start()
        one.join()
        two.join()


def proof():
    both()
    assert stored("SELECT count FROM crates WHERE id = 1") == [(5,)]
    assert stored("SELECT name FROM crates WHERE id = 3") == [("cherries",)]
    assert connections_out() == 0


prove(proof)
