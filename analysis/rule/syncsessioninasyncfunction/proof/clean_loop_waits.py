"""In a thread it waits alone."""

import asyncio
import threading

from sqlalchemy import event, text
from sqlalchemy.orm import Session
from stock import connections_out, engine, prove

turn = threading.Event()


@event.listens_for(engine, "connect")
def connect(connection, _record):
    connection.create_function("wait_for_the_others", 0, lambda: int(turn.wait(10)))


def ask_in_a_thread():
    with Session(engine, future=True) as session:
        return session.execute(text("SELECT wait_for_the_others()")).scalar()


async def ask():
    return await asyncio.to_thread(ask_in_a_thread)


async def another():
    turn.set()


async def proof():
    answer, _ = await asyncio.gather(ask(), another())
    assert answer == 1
    assert connections_out() == 0


prove(proof)
