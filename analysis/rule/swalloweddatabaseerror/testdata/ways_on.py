"""A handler that does not go on, or rolls back before it does."""

import sys

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import sessionmaker

from postal.db import engine
from postal.errors import AddressTaken
from postal.models import Address, Parcel

Session = sessionmaker(engine)


def rolled_back(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
        return session.scalars(select(Address).where(Address.street == street)).one().id


def rolled_back_late(street, log):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.commit()
        except IntegrityError as error:
            log.warning("taken: %s", error)
            log.warning("rolling back")
            session.rollback()
        return session.scalar(select(Address.id).where(Address.street == street))


def rolled_back_after_the_try(street):
    with Session() as session:
        session.add(Address(street=street))
        failed = False
        try:
            session.flush()
        except IntegrityError:
            failed = True
        if failed:
            session.rollback()
            return session.scalar(select(Address.id).where(Address.street == street))
        session.commit()
        return None


def rolled_back_in_a_try_of_its_own(street, log):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.commit()
        except IntegrityError:
            try:
                session.rollback()
            except OperationalError:
                log.exception("the connection is gone")
                raise
        return session.scalar(select(Address.id).where(Address.street == street))


def raised_again(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.flush()
        except IntegrityError:
            print("taken")
            raise
        parcel = Parcel(street=street)
        session.add(parcel)
        session.commit()


def raised_as_another(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.flush()
        except IntegrityError as error:
            raise AddressTaken(street) from error
        session.add(Parcel(street=street))
        session.commit()


def left_the_program(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.flush()
        except IntegrityError:
            sys.exit(f"{street} is taken")
        session.add(Parcel(street=street))
        session.commit()


def returned(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.flush()
        except IntegrityError:
            return False
        session.add(Parcel(street=street))
        session.commit()
        return True


def raised_on_one_branch(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.flush()
        except IntegrityError as error:  # want SES207
            if "fk_" in str(error):
                raise
        session.add(Parcel(street=street))
        session.commit()


def rolled_back_too_late(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.commit()
        except IntegrityError:  # want SES207
            print("taken")
        known = session.scalar(select(Address.id).where(Address.street == street))
        session.rollback()
        return known


def handled_twice(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.flush()
        except OperationalError:
            raise
        except IntegrityError:  # want SES207
            print("taken")
        session.commit()


def one_of_two_rolls_back(street):
    with Session() as session:
        session.add(Address(street=street))
        try:
            session.commit()
        except OperationalError:
            session.rollback()
        except IntegrityError:  # want SES207
            print("taken")
        return session.scalar(select(Address.id).where(Address.street == street))
