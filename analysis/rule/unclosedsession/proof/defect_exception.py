"""An exception between opening and closing goes past the close."""

from sqlalchemy import literal_column, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def pack(crate_id, count):
    session = SessionMaker()  # want SES102 warning
    crate = session.get(Crate, crate_id)
    crate.pack(count)
    session.commit()
    session.close()


def shorten(column):
    session = SessionMaker()  # want SES102 warning
    names = session.execute(select(Crate.name).where(column == 1)).scalars().all()
    session.close()
    return names


def fails(error, call, *args):
    try:
        call(*args)
    except error:
        return True
    return False


def proof():
    pack(1, 50)
    assert connections_out() == 0
    assert fails(OverflowError, pack, 1, 500)
    assert connections_out() == 1
    assert shorten(Crate.id) == ["apples"]
    assert connections_out() == 1
    assert fails(OperationalError, shorten, literal_column("no_such_column"))
    assert connections_out() == 2


prove(proof)
