"""Classes that open a session and keep it."""

import atexit
import weakref

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from stable.db import engine
from stable.models import Horse, Rider

SessionLocal = sessionmaker(bind=engine)
registry = scoped_session(SessionLocal)


class Horses:
    def __init__(self):
        self.session = SessionLocal()  # want SES110

    def all(self):
        return self.session.scalars(select(Horse)).all()


class Riders:
    def __init__(self, url):
        self.url = url
        self._db = Session(engine)  # want SES110

    def add(self, name):
        self._db.add(Rider(name=name))
        self._db.commit()

    def find(self, name):
        return self._db.scalar(select(Rider).where(Rider.name == name))


class OpensLater:
    def __init__(self):
        self.session = None

    def connect(self):
        self.session = SessionLocal()  # want SES110

    def horses(self):
        return self.session.scalars(select(Horse)).all()


class OpensWhenAsked:
    _session = None

    def horses(self):
        if self._session is None:
            self._session = SessionLocal()  # want SES110
        return self._session.scalars(select(Horse)).all()


class OpensIfGivenNone:
    def __init__(self, session=None):
        self.session = session or SessionLocal()  # want SES110

    def horses(self):
        return self.session.scalars(select(Horse)).all()


class ClosesSomethingElse:
    def __init__(self, path):
        self.log = open(path, "a")
        self.session = SessionLocal()  # want SES110

    def horses(self):
        return self.session.scalars(select(Horse)).all()

    def close(self):
        self.log.close()


class OnlyCommits:
    def __init__(self):
        session = SessionLocal()  # want SES110
        self.session = session

    def horses(self):
        return self.session.scalars(select(Horse)).all()

    def save(self):
        self.session.commit()


class OnlyEnters:
    def __enter__(self):
        self.session = SessionLocal()  # want SES110
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.session.commit()


class Stable:
    def __init__(self):
        self.session = SessionLocal()

    def horses(self):
        return self.session.scalars(select(Horse)).all()

    def close(self):
        self.session.close()


class Exits:
    def __enter__(self):
        self.session = SessionLocal()
        return self.session

    def __exit__(self, *error):
        self.session.close()


class Deletes:
    def __init__(self):
        self.session = SessionLocal()

    def __del__(self):
        self.session.close()


class ClosesInEachMethod:
    def horses(self):
        self.session = SessionLocal()
        try:
            return self.session.scalars(select(Horse)).all()
        finally:
            self.session.close()


class ClosesThroughAnother:
    def __init__(self):
        self.session = SessionLocal()

    def stop(self):
        self._release()

    def _release(self):
        session, self.session = self.session, None
        session.close()


class ClosesInABlock:
    def __init__(self):
        self.session = SessionLocal()

    def horses(self):
        with self.session:
            return self.session.scalars(select(Horse)).all()


class ClosesAtExit:
    def __init__(self):
        self.session = SessionLocal()
        atexit.register(self.session.close)


class ClosesWhenFinalized:
    def __init__(self):
        self.session = SessionLocal()
        self._finalizer = weakref.finalize(self, self.session.close)


class ClosesIfItIsItsOwn:
    def __init__(self, session=None):
        self.own = session is None
        self.session = session or SessionLocal()

    def close(self):
        if self.own:
            self.session.close()


class Given:
    def __init__(self, session: Session):
        self.session = session

    def horses(self):
        return self.session.scalars(select(Horse)).all()


class KeepsTheFactory:
    def __init__(self, factory=SessionLocal):
        self.factory = factory

    def horses(self):
        with self.factory() as session:
            return session.scalars(select(Horse)).all()


class KeepsTheRegistry:
    def __init__(self):
        self.session = registry

    def horses(self):
        return self.session.scalars(select(Horse)).all()


class HandsItOn:
    def __init__(self, pool):
        self.session = SessionLocal()
        self.pool = pool

    def release(self):
        self.pool.give_back(self.session)


class Resets:
    def __init__(self):
        self.session = SessionLocal()

    def stop(self):
        self.session.invalidate()
