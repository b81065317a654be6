"""Old firings are thrown away. Nothing is wrong here: each unit of work is one transaction."""

from sqlalchemy import delete, func, select

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, LogEntry
from sample_app.router import Router

router = Router()
SessionMaker = get_sessionmaker()


@router.post("/cleanup")
def clean_up(state: str = "done", batch: int = 100) -> dict[str, int]:
    removed = 0
    while True:
        # A session for each batch: what is removed stays removed if a later one fails.
        with SessionMaker() as session:
            query = select(Firing.id).where(Firing.state == state).limit(batch)
            ids = session.scalars(query).all()
            if not ids:
                return {"removed": removed}
            session.execute(delete(LogEntry).where(LogEntry.firing_id.in_(ids)))
            session.execute(delete(Firing).where(Firing.id.in_(ids)))
            session.commit()
            removed += len(ids)


@router.get("/cleanup/preview")
def preview(state: str = "done") -> dict[str, int]:
    with SessionMaker() as session:
        session.execute(delete(Firing).where(Firing.state == state))
        left = session.scalar(select(func.count()).select_from(Firing)) or 0
        session.rollback()
    return {"left": left}
