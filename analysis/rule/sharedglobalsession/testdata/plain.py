"""Sessions at the top of a module."""

import functools

from flask import Flask, jsonify
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession

from archive.db import engine
from archive.models import Box, Paper

app = Flask(__name__)
SessionLocal = sessionmaker(bind=engine)
make_session = functools.partial(Session, engine)

session = SessionLocal()  # want SES107
db = Session(engine)  # want SES107
by_partial = make_session()  # want SES107
by_sqlmodel = ModelSession(engine)  # want SES107
typed: Session = SessionLocal()  # want SES107
by_maker_at_once = sessionmaker(engine)()  # want SES107
registry = scoped_session(SessionLocal)
unused = SessionLocal()
shadowed = SessionLocal()


def papers(box_id):
    return session.scalars(select(Paper).where(Paper.box_id == box_id)).all()


def add(name):
    db.add(Box(name=name))
    db.commit()


@app.route("/boxes")
def boxes():
    return jsonify([box.name for box in by_partial.scalars(select(Box))])


class Boxes:
    def all(self):
        return by_sqlmodel.exec(select(Box)).all()


async def asynchronous(box_id):
    return typed.get(Box, box_id)


def outer():
    def inner(box_id):
        return by_maker_at_once.get(Box, box_id)

    return inner


def by_registry(box_id):
    return registry.get(Box, box_id)


def its_own(box_id):
    with SessionLocal() as session:
        return session.get(Box, box_id)


def given(session, box_id):
    return session.get(Box, box_id)


def of_its_own_name(box_id):
    shadowed = SessionLocal()
    try:
        return shadowed.get(Box, box_id)
    finally:
        shadowed.close()


def in_a_comprehension(boxes):
    return [unused.name for unused in boxes]
