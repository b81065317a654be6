"""Kilns tell that they are alive."""

from time import time

from sqlalchemy import update

from sample_app.db import get_sessionmaker
from sample_app.models import Kiln, LogEntry
from sample_app.router import HTTPError, Router

router = Router()
SessionMaker = get_sessionmaker()


@router.post("/kilns/{kiln_id}/heartbeat")
def heartbeat(kiln_id: int) -> dict[str, float]:
    seen = time()
    with SessionMaker() as session:
        with session.begin():
            kiln = session.get(Kiln, kiln_id)
            if kiln is None:
                raise HTTPError(404, "no such kiln")
            if kiln.status == "broken":
                kiln.status = "idle"
                session.add(LogEntry(text=f"{kiln.name} is back"))
        session.execute(update(Kiln).where(Kiln.id == kiln_id).values(last_seen=seen))
    return {"seen": seen}
