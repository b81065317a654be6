"""A thread goes on with the session when the block is over."""

import threading

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)
released = threading.Event()
names = []


def read(session, crate_id):
    released.wait(10)
    names.append(session.get(Crate, crate_id).name)


def in_the_background(crate_id):
    with SessionMaker() as session:
        thread = threading.Thread(target=read, args=(session, crate_id))  # want SES108
        thread.start()
    return thread


def proof():
    thread = in_the_background(1)
    released.set()
    thread.join()
    assert names == ["apples"]
    assert connections_out() == 1


prove(proof)
