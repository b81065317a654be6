"""A kiln tells that it broke down."""

import logging

from sqlalchemy import select

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Kiln, LogEntry
from sample_app.router import HTTPError, Router
from sample_app.states import TransitionError, transition

log = logging.getLogger(__name__)
router = Router()
SessionMaker = get_sessionmaker()


@router.post("/kilns/{kiln_id}/error")
def report_error(kiln_id: int, firing_id: int, reason: str) -> dict[str, str]:
    with SessionMaker() as session:
        kiln = session.get(Kiln, kiln_id)
        if kiln is None:
            raise HTTPError(404, "no such kiln")
        kiln.status = "broken"
        session.commit()

        try:
            query = select(Firing).where(Firing.id == firing_id).with_for_update()
            firing = session.scalars(query).one()
            transition(firing, "failed")
            session.commit()
        except TransitionError as error:
            log.warning("kiln %s broke down, but: %s", kiln_id, error)
        else:
            session.add(LogEntry(firing_id=firing_id, text=reason))
            session.commit()
    return {"status": "noted"}
