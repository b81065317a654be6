"""A commit that makes nothing durable only ends a transaction."""

from sqlalchemy import select, text
from sqlalchemy.orm import sessionmaker

from observatory.db import engine
from observatory.models import Image, Night, Star

Session = sessionmaker(engine)


def read_then_write(star_id):
    with Session() as session:
        star = session.get(Star, star_id)
        session.commit()
        session.add(Image(star_id=star.id))
        session.commit()


def write_then_read(star_id):
    with Session() as session:
        session.add(Image(star_id=star_id))
        session.commit()
        images = session.scalars(select(Image).where(Image.star_id == star_id)).all()
        session.commit()
        return len(images)


def statements_that_read():
    with Session() as session:
        session.execute(text("SELECT pg_advisory_lock(7)"))
        session.commit()
        session.add(Night())
        session.commit()


def a_query(star_id):
    with Session() as session:
        n = session.query(Image).filter_by(star_id=star_id).count()
        session.commit()
        session.get(Star, star_id).images = n
        session.commit()


def attributes_are_read(star_id):
    with Session() as session:
        star = session.get(Star, star_id)
        star.seen = True
        session.commit()
        print(star.name, star.magnitude)
        session.commit()


def rolled_back(star_id):
    with Session() as session:
        session.add(Image(star_id=star_id))
        session.rollback()
        session.add(Night())
        session.commit()


def rolled_back_between(star_id):
    with Session() as session:
        session.add(Night())
        session.commit()
        session.add(Image(star_id=star_id))
        session.rollback()
        session.commit()


def a_new_object_alone():
    with Session() as session:
        session.add(Night())
        session.commit()
        night = Night()
        session.commit()
        return night


def to_release_the_connection(star_id, telescope):
    with Session() as session:
        star = session.get(Star, star_id)
        position = star.position
        session.commit()
        pixels = telescope.expose(position)
        session.add(Image(star_id=star_id, pixels=pixels))
        session.commit()


def text_that_writes(star_id):
    with Session() as session:
        session.execute(text("UPDATE stars SET seen = true WHERE id = :id"), {"id": star_id})
        session.commit()
        session.add(Night())
        session.commit()  # want SES201


def read_and_written(star_id):
    with Session() as session:
        star = session.get(Star, star_id)
        star.seen = True
        session.commit()
        if star.magnitude > 6:
            star.faint = True
        session.commit()  # want SES201
