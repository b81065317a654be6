"""Firings: ask for one, look at one, list them."""

from sqlalchemy import func, select

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, LogEntry
from sample_app.router import HTTPError, Router

router = Router()
SessionMaker = get_sessionmaker()


@router.post("/firings")
def create_firing(title: str, kiln_id: int) -> dict[str, int]:
    with SessionMaker() as session:
        with session.begin():
            firing = Firing(title=title, kiln_id=kiln_id)
            session.add(firing)
            session.flush()
            session.add(LogEntry(firing_id=firing.id, text="asked for"))
            firing_id = firing.id
    return {"id": firing_id}


@router.get("/firings/{firing_id}")
def show_firing(firing_id: int) -> dict[str, object]:
    with SessionMaker() as session:
        firing = session.get(Firing, firing_id)
    if firing is None:
        raise HTTPError(404, "no such firing")
    # Nothing was committed since it was read, so its columns are still there.
    return {"title": firing.title, "state": firing.state}


@router.get("/firings")
def list_firings(state: str = "queued") -> list[dict[str, object]]:
    with SessionMaker() as session:
        query = select(Firing.id, Firing.title).where(Firing.state == state).order_by(Firing.id)
        rows = session.execute(query).all()
    return [{"id": row.id, "title": row.title} for row in rows]


@router.get("/firings/count")
def count_firings() -> dict[str, int]:
    counts = {}
    for state in ("queued", "heating", "cooling"):
        with SessionMaker() as session:
            query = select(func.count()).select_from(Firing).where(Firing.state == state)
            counts[state] = session.scalar(query) or 0
    return counts
