"""How a module comes to a session."""

from contextlib import closing

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from archive.models import Box

try:
    engine = create_engine("postgresql://localhost/archive")
    session = Session(engine)  # want SES107
except ImportError:
    session = None

if engine.dialect.name == "sqlite":
    other = Session(engine)  # want SES107
else:
    other = None


def make():
    return Session(engine)


made = make()  # want SES107
Scoped = scoped_session(sessionmaker(engine))
of_the_registry = Scoped()
factory = sessionmaker(engine)

with Session(engine) as opened:
    names = opened.scalars(select(Box.name)).all()

with closing(Session(engine)) as also_opened:
    count = len(also_opened.scalars(select(Box.id)).all())

for_a_moment = Session(engine)
try:
    for_a_moment.execute(select(Box.id)).all()
finally:
    for_a_moment.close()


def by_the_first(box_id):
    return session.get(Box, box_id)


def by_the_second(box_id):
    if other is None:
        return None
    return other.get(Box, box_id)


def by_the_made(box_id):
    return made.get(Box, box_id)


def by_the_registry(box_id):
    return Scoped.get(Box, box_id)


def by_the_factory(box_id):
    with factory() as own:
        return own.get(Box, box_id)


def number_of_names():
    return len(names) + count


def what_it_is_bound_to():
    return engine.dialect.name
