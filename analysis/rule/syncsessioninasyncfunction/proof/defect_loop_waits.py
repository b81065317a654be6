"""While a synchronous session waits for the database, no other task has a turn."""

import asyncio
import threading

from sqlalchemy import event, text
from sqlalchemy.orm import Session
from stock import connections_out, engine, prove

turn = threading.Event()


@event.listens_for(engine, "connect")
def connect(connection, _record):
    # A query that is done when another task has had its turn, or after a second.
    connection.create_function("wait_for_the_others", 0, lambda: int(turn.wait(1)))


async def ask():
    with Session(engine, future=True) as session:
        return session.execute(text("SELECT wait_for_the_others()")).scalar()  # want SES404


async def another():
    turn.set()


async def proof():
    answer, _ = await asyncio.gather(ask(), another())
    assert answer == 0
    assert turn.is_set()
    assert connections_out() == 0


prove(proof)
