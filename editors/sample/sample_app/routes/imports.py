"""Pieces from the studio's old lists. Nothing is wrong here: errors are met by savepoints."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Optional

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sample_app.db import get_sessionmaker
from sample_app.models import LogEntry, Piece
from sample_app.router import Router

router = Router()
SessionMaker = get_sessionmaker()


@contextmanager
def work() -> Iterator[Session]:
    with SessionMaker() as session:
        yield session
        session.commit()


@router.post("/imports/pieces")
def import_pieces(firing_id: int, labels: list[str]) -> dict[str, list[str]]:
    refused = []
    with SessionMaker() as session:
        with session.begin():
            for label in labels:
                try:
                    with session.begin_nested():
                        session.add(Piece(firing_id=firing_id, label=label))
                except IntegrityError:
                    refused.append(label)
            note(f"{len(labels) - len(refused)} pieces came", session)
    return {"refused": refused}


@router.post("/imports/notes")
def import_notes(texts: list[str]) -> dict[str, int]:
    with work() as session:
        session.add_all(LogEntry(text=text) for text in texts)
    return {"notes": len(texts)}


@router.post("/notes")
def note(text: str, session: Optional[Session] = None) -> None:
    """Write a note, in a transaction of its own unless the caller has one."""
    own = session is None
    session = session or SessionMaker()
    try:
        session.add(LogEntry(text=text))
        if own:
            session.commit()
    finally:
        if own:
            session.close()
