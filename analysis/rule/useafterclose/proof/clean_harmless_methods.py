"""What may be called on a closed session: it takes no connection and begins nothing."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def everything_harmless():
    with SessionMaker() as session:
        crate = session.get(Crate, 1)
    session.flush()
    session.commit()
    session.rollback()
    session.close()
    session.expunge_all()
    session.expire_all()
    session.get_bind()
    session.query(Crate).filter(Crate.id == 1)
    assert not session.in_transaction()
    assert session.is_active
    assert crate not in session
    assert not session.new and not session.dirty and not session.deleted
    assert list(session) == []
    assert not session.is_modified(crate)
    with session.no_autoflush:
        assert len(session.identity_map) == 0
    session.add_all([])
    return session, crate


def proof():
    session, crate = everything_harmless()
    assert not session.in_transaction()
    assert connections_out() == 0
    assert crate.name == "apples"


prove(proof)
