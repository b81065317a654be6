"""Objects that are first fetched after the close cannot be made any more."""

from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def names():
    with SessionMaker() as session:
        crates = session.execute(select(Crate)).scalars()
    return [crate.name for crate in crates]  # want SES301


def first():
    with Session(engine, future=True) as session:
        result = session.execute(select(Crate).order_by(Crate.id))
    return result.first()  # want SES301


def total():
    with SessionMaker.begin() as session:
        counts = (crate.count for crate in session.execute(select(Crate)).scalars())
    return sum(counts)  # want SES301


def pairs():
    session = SessionMaker()
    try:
        rows = session.execute(select(Crate.id, Crate))
    finally:
        session.close()
    return [(key, crate.name) for key, crate in rows]  # want SES301


def batches():
    with SessionMaker() as session:
        parts = session.execute(select(Crate).execution_options(yield_per=2)).scalars().partitions()
    return [len(part) for part in parts]  # want SES301


def cannot(call):
    try:
        call()
    except InvalidRequestError as error:
        return "as this identity map is no longer valid" in str(error)
    return False


def proof():
    for call in names, first, total, pairs, batches:
        assert cannot(call), call
    assert connections_out() == 0


prove(proof)
