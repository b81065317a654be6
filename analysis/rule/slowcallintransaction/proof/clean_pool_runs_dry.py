"""Nobody waits with a connection in hand."""

import time

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)
Keeping = sessionmaker(engine, future=True, expire_on_commit=False)


def weigh(crate_id):
    time.sleep(30)
    with SessionMaker() as session:
        session.get(Crate, crate_id).count += 1
        session.commit()


def read(crate_id):
    with SessionMaker() as session:
        count = session.execute(select(Crate.count).where(Crate.id == crate_id)).scalar_one()
        session.rollback()
        time.sleep(30)
        return count


def expired(crate_id):
    with Keeping() as session:
        crate = session.get(Crate, crate_id)
        crate.state = "seen"
        session.commit()
        time.sleep(len(crate.name))


def added_only(crate_id):
    with SessionMaker() as session:
        session.add(Crate(name=f"another {crate_id}"))
        time.sleep(30)
        session.commit()


def proof():
    out = []
    slept = time.sleep
    try:
        time.sleep = lambda _seconds: out.append(connections_out())
        weigh(1)
        assert read(1) == 11
        expired(1)
        added_only(1)
        assert out == [0, 0, 0, 0]

        def serve_another(_seconds):
            if len(out) < 10:
                out.append(connections_out())
                read(1)

        time.sleep = serve_another
        out.clear()
        assert read(1) == 11
    finally:
        time.sleep = slept
    assert out == [0] * 10
    assert stored("SELECT count, state FROM crates WHERE id = 1") == [(11, "seen")]
    assert connections_out() == 0


prove(proof)
