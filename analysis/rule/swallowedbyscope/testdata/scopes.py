"""What a scope does with an exception of its body."""

import contextlib
import logging
from contextlib import contextmanager

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from barn.db import engine
from barn.errors import StorageError
from barn.models import Animal

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


@contextmanager
def swallows():
    session = SessionMaker()
    try:
        yield session
        session.commit()
    except Exception:  # want SES212
        session.rollback()
    finally:
        session.close()


@contextmanager
def swallows_and_logs():
    session = SessionMaker()
    try:
        yield session
        session.commit()
    except SQLAlchemyError:  # want SES212
        log.exception("rolled back")
        session.rollback()
    finally:
        session.close()


@contextmanager
def swallows_everything():
    with SessionMaker() as session:
        try:
            yield session
            session.commit()
        except:  # noqa: E722  # want SES212
            session.rollback()


@contextmanager
def swallows_one_kind():
    with SessionMaker() as session:
        try:
            yield session
            session.commit()
        except IntegrityError:  # want SES212
            session.rollback()
        except OperationalError:
            session.rollback()
            raise


@contextlib.contextmanager
def swallows_around_the_block():
    try:
        with SessionMaker.begin() as session:
            yield session
    except Exception:  # want SES212
        log.exception("rolled back")


@contextmanager
def swallows_of_a_borrowed_one(session: Session):
    try:
        yield session
        session.commit()
    except Exception:  # want SES212
        session.rollback()


@contextmanager
def commits_in_finally():
    with SessionMaker() as session:
        try:
            yield session
        finally:
            session.commit()  # want SES212


@contextmanager
def commits_and_closes_in_finally():
    with Session(engine) as session:
        try:
            yield session
        finally:
            session.commit()  # want SES212
            session.close()


class Database:
    def __init__(self, maker):
        self.maker = maker

    @contextmanager
    def swallows(self):
        session = SessionMaker()
        try:
            yield session
            session.commit()
        except Exception:  # want SES212
            session.rollback()
        finally:
            session.close()

    @contextmanager
    def scope(self):
        session = SessionMaker()
        try:
            yield session
            session.commit()
        except Exception:
            session.rollback()
            raise
        finally:
            session.close()


@contextmanager
def raises_again():
    session = SessionMaker()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


@contextmanager
def raises_another():
    session = SessionMaker()
    try:
        yield session
        session.commit()
    except SQLAlchemyError as error:
        session.rollback()
        raise StorageError(str(error)) from error
    finally:
        session.close()


@contextmanager
def only_begins():
    with SessionMaker.begin() as session:
        yield session


@contextmanager
def only_closes():
    session = SessionMaker()
    try:
        yield session
    finally:
        session.close()


@contextmanager
def rolls_back_in_finally():
    with SessionMaker() as session:
        try:
            yield session
        finally:
            session.rollback()


@contextmanager
def commits_in_the_else():
    with SessionMaker() as session:
        try:
            yield session
        except Exception:
            session.rollback()
            raise
        else:
            session.commit()


@contextmanager
def commits_after_the_yield():
    with SessionMaker() as session:
        yield session
        session.commit()


@contextmanager
def tries_the_connection_first():
    with SessionMaker() as session:
        try:
            session.execute(text("SELECT 1"))
        except OperationalError:
            session.rollback()
        yield session
        session.commit()


@contextmanager
def ignores_a_failed_rollback():
    with SessionMaker() as session:
        try:
            yield session
            session.commit()
        except Exception:
            try:
                session.rollback()
            except OperationalError:
                log.exception("the connection is gone")
            raise


@contextmanager
def of_a_file(path):
    file = open(path, encoding="utf-8")
    try:
        yield file
    except OSError:
        log.exception("not read")
    finally:
        file.close()


@contextmanager
def of_no_session():
    try:
        yield
    except ValueError:
        log.exception("ignored")


def no_scope(animal_id):
    with SessionMaker() as session:
        try:
            session.get(Animal, animal_id).fed = True
        finally:
            session.commit()


def no_scope_either(name):
    with SessionMaker() as session:
        try:
            session.add(Animal(name=name))
            session.commit()
        except IntegrityError:
            log.info("%s is there", name)


def uses_a_scope(name):
    with raises_again() as session:
        session.add(Animal(name=name))


def handles_around_a_scope(name):
    try:
        with raises_again() as session:
            session.add(Animal(name=name))
    except IntegrityError:
        with only_closes() as session:
            return session.scalar(select(Animal.id).where(Animal.name == name))
