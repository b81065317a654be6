"""A session that was handed in: its owner may mean it, so it is an info."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from cellar.db import get_async_db, get_db
from cellar.models import Bottle, Shelf, Tasting

router = APIRouter()
Db = Annotated[Session, Depends(get_db)]


def store(session: Session, name):
    bottle = Bottle(name=name)
    session.add(bottle)
    session.commit()
    session.add(Shelf(bottle_id=bottle.id))
    session.commit()  # want SES201 info


@router.post("/bottles")
def add_bottle(name: str, db: Session = Depends(get_db)):
    bottle = Bottle(name=name)
    db.add(bottle)
    db.commit()
    db.refresh(bottle)
    db.add(Tasting(bottle_id=bottle.id))
    db.commit()  # want SES201 info
    return bottle


@router.post("/shelves")
def add_shelf(room: str, db: Db):
    db.add(Shelf(room=room))
    db.commit()
    db.add(Tasting(room=room))
    db.commit()  # want SES201 info


@router.post("/tastings")
async def add_tasting(bottle_id: int, db: AsyncSession = Depends(get_async_db)):
    db.add(Tasting(bottle_id=bottle_id))
    await db.commit()
    bottle = await db.get(Bottle, bottle_id)
    bottle.tasted = True
    await db.commit()  # want SES201 info


class Cellar:
    def clear(self, session: "Session", shelf: Shelf):
        session.query(Bottle).filter_by(shelf_id=shelf.id).delete()
        session.commit()
        session.delete(shelf)
        session.commit()  # want SES201 info


@router.delete("/bottles/{bottle_id}")
def drink(bottle_id: int, db: Session = Depends(get_db)):
    bottle = db.get(Bottle, bottle_id)
    db.delete(bottle)
    db.commit()


@router.put("/bottles/{bottle_id}")
def rename(bottle_id: int, name: str, db: Session = Depends(get_db)):
    bottle = db.get(Bottle, bottle_id)
    bottle.name = name
    db.commit()
    db.refresh(bottle)
    return bottle


def exclusive(session: Session, bottle_id, drunk):
    if drunk:
        session.delete(session.get(Bottle, bottle_id))
        session.commit()
    else:
        session.add(Tasting(bottle_id=bottle_id))
        session.commit()


def of_two(session: Session, archive: Session, bottle_id):
    bottle = session.get(Bottle, bottle_id)
    archive.add(Tasting(bottle_id=bottle_id))
    archive.commit()
    session.delete(bottle)
    session.commit()


def not_known_to_be_a_session(unit, bottle):
    unit.add(bottle)
    unit.commit()
    unit.add(Tasting(bottle_id=bottle.id))
    unit.commit()
