"""The pieces that go into a firing."""

import logging

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Piece
from sample_app.router import HTTPError, Router

log = logging.getLogger(__name__)
router = Router()
SessionMaker = get_sessionmaker()


@router.post("/firings/{firing_id}/pieces")
def add_pieces(firing_id: int, labels: list[str]) -> dict[str, str]:
    with SessionMaker() as session:
        with session.begin():
            firing = session.get(Firing, firing_id)
            if firing is None:
                raise HTTPError(404, "no such firing")
            firing.title = f"{firing.title} ({len(labels)} pieces)"
            try:
                session.add_all(Piece(firing_id=firing_id, label=label) for label in labels)
                session.flush()
            except IntegrityError:
                log.warning("firing %s: some of the labels are taken", firing_id)
    return {"status": "added"}


@router.get("/firings/{firing_id}/pieces")
def list_pieces(firing_id: int) -> list[str]:
    with SessionMaker() as session:
        query = select(Piece.label).where(Piece.firing_id == firing_id).order_by(Piece.id)
        return list(session.scalars(query))
