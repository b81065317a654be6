"""Lists for the studio's printer. Nothing is wrong here: what is used later was read in time."""

from sqlalchemy import select

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Kiln, LogEntry
from sample_app.router import Router

router = Router()
SessionMaker = get_sessionmaker()


@router.get("/exports/kilns")
def export_kilns() -> list[str]:
    with SessionMaker() as session:
        kilns = session.scalars(select(Kiln).order_by(Kiln.id)).all()
        session.expunge_all()
    # Rows that belong to no session, on purpose.
    lines = [f"{kiln.id};{kiln.name};{kiln.status}" for kiln in kilns]
    with SessionMaker() as session:
        waiting = session.scalars(select(Firing.title).where(Firing.kiln_id.is_(None))).all()
    lines.extend(f"-;{title};queued" for title in waiting)
    return lines


@router.get("/exports/log")
def export_log() -> list[str]:
    session = SessionMaker()
    try:
        texts = session.scalars(select(LogEntry.text).order_by(LogEntry.id)).all()
    finally:
        session.close()
    # None of these needs a connection.
    session.expunge_all()
    assert not session.in_transaction() and not session.new
    return list(texts)
