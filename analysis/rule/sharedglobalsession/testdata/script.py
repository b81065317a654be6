"""A script: its session belongs to the one who runs it."""

import sys

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from archive.db import engine
from archive.models import Box

SessionLocal = sessionmaker(engine)
imported = SessionLocal()  # want SES107


def names(session):
    return session.scalars(select(Box.name)).all()


def boxes():
    return session.scalars(select(Box)).all()


def one_of_the_module(box_id):
    return imported.get(Box, box_id)


if __name__ == "__main__":
    session = Session(engine)
    try:
        for name in names(session):
            print(name)
        for box in boxes():
            print(box.name)
    finally:
        session.close()
    sys.exit(0)
