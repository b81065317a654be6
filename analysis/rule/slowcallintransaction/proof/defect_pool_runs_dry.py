"""Who waits with a connection in hand keeps others from having one."""

import time

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def weigh(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        time.sleep(30)  # want SES210
        crate.count += 1
        session.commit()


def read(crate_id):
    with SessionMaker() as session:
        count = session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar_one()
        time.sleep(30)  # want SES210
        return count


def expired(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "seen"
        session.commit()
        time.sleep(len(crate.name))  # want SES210


def proof():
    out = []
    slept = time.sleep
    try:
        time.sleep = lambda _seconds: out.append(connections_out())
        weigh(1)
        assert read(1) == 11
        expired(1)
        assert out == [1, 1, 1]

        # While one waits another is served, and so on. There are five connections.
        def serve_another(_seconds):
            if len(out) < 10:
                out.append(connections_out())
                read(1)

        time.sleep = serve_another
        out.clear()
        try:
            read(1)
            error = None
        except Exception as caught:
            error = caught
    finally:
        time.sleep = slept
    assert out == [1, 2, 3, 4, 5]
    assert type(error).__name__ == "TimeoutError" and "QueuePool limit of size 5" in str(error)
    assert stored("SELECT count, state FROM crates WHERE id = 1") == [(11, "seen")]
    assert connections_out() == 0


prove(proof)
