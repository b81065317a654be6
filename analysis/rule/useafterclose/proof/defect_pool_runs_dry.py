"""What the leak leads to: the sixth call finds a pool of five empty."""

from sqlalchemy import select
from sqlalchemy.exc import TimeoutError
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def count(name):
    with SessionMaker() as session:
        crate = session.execute(select(Crate).where(Crate.name == name)).scalar_one()
    if session.get(Crate, crate.id).state == "new":  # want SES101
        return crate.count
    return 0


def proof():
    for n in range(1, 6):
        assert count("apples") == 10
        assert connections_out() == n
    try:
        count("apples")
    except TimeoutError as error:
        assert "QueuePool limit of size 5 overflow 0 reached" in str(error)
    else:
        raise AssertionError("there was a sixth connection")


prove(proof)
