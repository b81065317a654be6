"""What a closed session had, it has no longer: refresh() raises."""

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove


def counted(crate_id):
    with Session(engine, future=True) as session:
        crate = session.get(Crate, crate_id)
        crate.count += 1
        session.commit()
    session.refresh(crate)  # want SES101
    return crate.count


def renamed(crate_id):
    session = Session(engine, future=True)
    try:
        crate = session.get(Crate, crate_id)
    finally:
        session.close()
    session.expire(crate)  # want SES101
    return crate.name


def proof():
    for function in (counted, renamed):
        try:
            function(2)
            error = None
        except InvalidRequestError as caught:
            error = str(caught)
        assert error is not None and "is not persistent within this Session" in error, error
    assert connections_out() == 0


prove(proof)
