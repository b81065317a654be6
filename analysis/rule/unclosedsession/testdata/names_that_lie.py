"""Names that say something else than what they stand for."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from shelter.db import engine
from shelter.models import Cat, Dog

session = sessionmaker(bind=engine)
make = sessionmaker(engine)


def AsyncSessionLocal():
    return make()


def session_maker(name):
    return [name]


def of_a_factory_called_session():
    s = session()  # want SES102
    return s.scalars(select(Cat)).all()


def of_a_function_called_like_a_class():
    s = AsyncSessionLocal()  # want SES102
    return s.scalars(select(Cat)).all()


def session_called_a_maker():
    maker = Session(engine)  # want SES102
    return maker.scalars(select(Dog)).all()


class Shelter:
    def __init__(self):
        self.dbSession = sessionmaker(engine)

    def cats(self):
        s = self.dbSession()  # want SES102
        return s.scalars(select(Cat)).all()

    def dogs(self):
        with self.dbSession() as s:
            return s.scalars(select(Dog)).all()


def in_a_block_of_the_factory_called_session():
    with session() as s:
        return s.scalars(select(Cat)).all()


def in_a_block_of_the_function_called_like_a_class():
    with AsyncSessionLocal() as s:
        return s.scalars(select(Cat)).all()


def of_a_function_called_session_maker(name):
    s = session_maker(name)
    s.append(s.count(name))
    return s
