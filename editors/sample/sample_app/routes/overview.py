"""What one kiln has to do."""

from time import time

from sqlalchemy import select

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Kiln
from sample_app.router import HTTPError, Router

router = Router()
SessionMaker = get_sessionmaker()


@router.get("/kilns/{kiln_id}/overview")
def overview(kiln_id: int) -> dict[str, object]:
    with SessionMaker() as session:
        with session.begin():
            kiln = session.get(Kiln, kiln_id)
            if kiln is None:
                raise HTTPError(404, "no such kiln")
            kiln.last_viewed = time()
            name = kiln.name

    # The firings that wait for this kiln, oldest first.
    query = select(Firing).where(Firing.kiln_id == kiln_id, Firing.state == "queued")
    waiting = session.scalars(query.order_by(Firing.id)).all()
    return {"kiln": name, "waiting": [firing.title for firing in waiting]}
