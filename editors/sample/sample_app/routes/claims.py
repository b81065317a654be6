"""A kiln asks for its next firing. Nothing is wrong here: either branch commits once."""

from sqlalchemy import select

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Kiln
from sample_app.router import HTTPError, Router
from sample_app.states import transition

router = Router()
SessionMaker = get_sessionmaker()


@router.post("/kilns/{kiln_id}/claim")
def claim(kiln_id: int) -> dict[str, object]:
    with SessionMaker() as session:
        kiln = session.get(Kiln, kiln_id)
        if kiln is None:
            raise HTTPError(404, "no such kiln")
        query = select(Firing).where(Firing.kiln_id == kiln_id, Firing.state == "queued")
        firing = session.scalars(query.order_by(Firing.id).with_for_update().limit(1)).first()
        if firing is None:
            kiln.status = "idle"
            session.commit()
            return {"firing": None}
        transition(firing, "heating")
        kiln.status = "busy"
        firing_id = firing.id
        session.commit()
    return {"firing": firing_id}


@router.post("/firings/{firing_id}/cool")
def cool(firing_id: int) -> dict[str, str]:
    # The factory's own begin() commits and closes.
    with SessionMaker.begin() as session:
        firing = session.get(Firing, firing_id)
        if firing is None:
            raise HTTPError(404, "no such firing")
        transition(firing, "cooling")
    return {"status": "cooling"}
