"""The same, closed on every way out."""

from sqlalchemy import literal_column, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def pack(crate_id, count):
    session = SessionMaker()
    try:
        crate = session.get(Crate, crate_id)
        crate.pack(count)
        session.commit()
    finally:
        session.close()


def shorten(column):
    with SessionMaker() as session:
        return session.execute(select(Crate.name).where(column == 1)).scalars().all()


def fails(error, call, *args):
    try:
        call(*args)
    except error:
        return True
    return False


def proof():
    pack(1, 50)
    assert fails(OverflowError, pack, 1, 500)
    assert stored("SELECT count FROM crates WHERE id = 1") == [(50,)]
    assert shorten(Crate.id) == ["apples"]
    assert fails(OperationalError, shorten, literal_column("no_such_column"))
    assert connections_out() == 0


prove(proof)
