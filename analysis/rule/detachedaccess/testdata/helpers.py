"""Objects that come from, or go through, functions of the file."""

import logging
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from museum.db import engine
from museum.models import Painting, Room

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(engine)


def hang(painting_id, room_id):
    with SessionLocal() as session:
        painting = session.get(Painting, painting_id)
        painting.room_id = room_id
        session.commit()
        return painting


def hang_and_tell(painting_id, room_id):
    painting = hang(painting_id, room_id)
    return f"{painting.title} hangs in {room_id}"  # want SES302


def new_room(name):
    room = Room(name=name)
    with SessionLocal() as session:
        session.add(room)
        session.commit()
    return room


def new_room_id(name):
    return new_room(name).id  # want SES302


def stolen():
    with SessionLocal.begin() as session:
        paintings = session.scalars(select(Painting).where(Painting.room_id.is_(None))).all()
        for painting in paintings:
            painting.stolen = True
    return paintings


def titles_of_the_stolen():
    return [painting.title for painting in stolen()]  # want SES302


def save(session: Session, room):
    session.add(room)
    session.commit()


def saved(name):
    room = Room(name=name)
    with SessionLocal() as session:
        save(session, room)
    return room.id  # want SES302


@contextmanager
def unit_of_work():
    session = SessionLocal()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def out_of_the_scope(painting_id):
    with unit_of_work() as session:
        painting = session.get(Painting, painting_id)
        painting.cleaned = func.now()
    return painting.title  # want SES302


class Rooms:
    def __init__(self, factory: sessionmaker):
        self.factory = factory

    def rename(self, room_id, name):
        with self.factory() as session:
            room = session.get(Room, room_id)
            room.name = name
            session.commit()
        log.info("%s is called %s now", room.id, name)  # want SES302

    def renamed(self, room_id, name):
        with self.factory() as session:
            room = session.get(Room, room_id)
            room.name = name
            session.commit()
            log.info("%s is called %s now", room.id, name)


def find(painting_id):
    with SessionLocal() as session:
        return session.get(Painting, painting_id)


def title(painting_id):
    return find(painting_id).title


def add_room(name):
    with SessionLocal() as session:
        room = Room(name=name)
        session.add(room)
        session.commit()
        session.refresh(room)
        return room


def add_room_id(name):
    return add_room(name).id


def clean(painting_id):
    with SessionLocal(expire_on_commit=False) as session:
        painting = session.get(Painting, painting_id)
        painting.cleaned = func.now()
        session.commit()
        return painting


def clean_title(painting_id):
    return clean(painting_id).title


def inside_the_scope(painting_id):
    with unit_of_work() as session:
        painting = session.get(Painting, painting_id)
        painting.cleaned = func.now()
        return painting.title


def announce(room):
    log.info("there is a room called %s", room.name)


def announced(name):
    room = Room(name=name)
    with SessionLocal() as session:
        save(session, room)
        announce(room)
    return room.id


def rename(session: Session, room_id, name):
    # The session is the caller's, and open.
    room = session.get(Room, room_id)
    room.name = name
    session.commit()
    return room


def renamed_by_the_caller(room_id, name):
    with SessionLocal() as session:
        return rename(session, room_id, name).name


def as_dict(painting_id, room_id):
    with SessionLocal() as session:
        painting = session.get(Painting, painting_id)
        painting.room_id = room_id
        session.commit()
        return {"id": painting.id, "title": painting.title}


def title_of_a_dict(painting_id, room_id):
    return as_dict(painting_id, room_id)["title"]


def of_a_parameter(session: Session, painting: Painting):
    session.commit()
    return painting.title
