"""A registry at the top of a module gives each thread a session of its own."""

import threading

from sqlalchemy.orm import scoped_session, sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

session = scoped_session(sessionmaker(engine, future=True))


def pack(crate_id, count):
    try:
        session.get(Crate, crate_id).pack(count)
        session.commit()
    except OverflowError:
        pass
    finally:
        session.remove()


def label(text):
    try:
        session.add(Label(text=text))
        session.commit()
    finally:
        session.remove()


def proof():
    threads = [threading.Thread(target=pack, args=(1, 500)), threading.Thread(target=label, args=("sold",))]
    for thread in threads:
        thread.start()
        thread.join()
    assert stored("SELECT count FROM crates WHERE id = 1") == [(10,)]
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]
    assert connections_out() == 0


prove(proof)
