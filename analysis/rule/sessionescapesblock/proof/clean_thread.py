"""The thread opens its own session."""

import threading

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)
released = threading.Event()
names = []


def read(crate_id):
    released.wait(10)
    with SessionMaker() as session:
        names.append(session.get(Crate, crate_id).name)


def in_the_background(crate_id):
    thread = threading.Thread(target=read, args=(crate_id,))
    thread.start()
    return thread


def proof():
    thread = in_the_background(1)
    released.set()
    thread.join()
    assert names == ["apples"]
    assert connections_out() == 0


prove(proof)
