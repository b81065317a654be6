"""Functions in functions and classes, and statements outside of any."""

from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from theatre.db import engine
from theatre.models import Actor, Play, Role

Session = sessionmaker(engine)

with Session() as session:
    plays = session.scalars(select(Play)).all()
print(session.scalar(select(func.count(Actor.id))))  # want SES101


class Box:
    def __init__(self):
        with Session() as session:
            self.plays = session.scalars(select(Play)).all()
        self.actors = session.scalars(select(Actor)).all()  # want SES101

    @property
    def leading(self):
        with Session() as db:
            role = select(Role).where(Role.leading)
        return db.scalar(role)  # want SES101

    @staticmethod
    def cast(play_id):
        with Session() as session:
            roles = session.query(Role).filter_by(play_id=play_id)
        return [r.actor for r in roles]  # want SES101

    @classmethod
    def count(cls):
        with Session() as session:
            return session.scalar(select(func.count(Play.id)))

    class Row:
        def seats(self):
            session = Session()
            session.close()
            return session.scalar(select(func.count(Play.id)))  # want SES101


def outer(play_id):
    def inner():
        with Session() as session:
            play = session.get(Play, play_id)
        return session.scalars(select(Role).where(Role.play == play)).all()  # want SES101

    with Session() as session:
        session.get(Play, play_id)
    return inner()


def decorated(play_id):
    @cached
    def roles():
        session = Session()
        session.close()
        session.add(Role(play_id=play_id))  # want SES101

    return roles


def cached(function):
    return function


def not_called_yet(play_id):
    # The function may run while the block is still open.
    with Session() as session:
        def roles():
            return session.scalars(select(Role).where(Role.play_id == play_id)).all()

        return len(roles())


def a_name_of_its_own(play_id):
    with Session() as session:
        session.get(Play, play_id)

    def roles(session):
        return session.scalars(select(Role)).all()

    return roles


def a_lambda(play_id):
    with Session() as session:
        load = lambda: session.get(Play, play_id)  # noqa: E731
        return load().title


if __name__ == "__main__":
    with Session() as session:
        play = session.get(Play, 1)
    session.delete(play)  # want SES101
