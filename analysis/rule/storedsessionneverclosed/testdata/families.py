"""Classes that are derived from others, and code that uses them."""

import unittest

import pytest
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from stable.db import engine
from stable.models import Horse

SessionLocal = sessionmaker(bind=engine)


class ClosedByTheDerived:
    def __init__(self):
        self.session = SessionLocal()


class Derived(ClosedByTheDerived):
    def close(self):
        self.session.close()


class ClosesForTheDerived:
    session = None

    def close(self):
        if self.session is not None:
            self.session.close()


class OpensInTheDerived(ClosesForTheDerived):
    def open(self):
        self.session = SessionLocal()


class ClosedByNobody:
    def __init__(self):
        self.session = SessionLocal()  # want SES110


class DerivedThatDoesNot(ClosedByNobody):
    def horses(self):
        return self.session.scalars(select(Horse)).all()


class ClosedByItsUser:
    def __init__(self):
        self.session = SessionLocal()

    def horses(self):
        return self.session.scalars(select(Horse)).all()


def use_and_close():
    horses = ClosedByItsUser()
    try:
        return horses.horses()
    finally:
        horses.session.close()


class ClosedByAHelper:
    def __init__(self):
        self.session = SessionLocal()

    def horses(self):
        return self.session.scalars(select(Horse)).all()


def close_all(horses: ClosedByAHelper):
    horses.session.close()


class TestHorses(unittest.TestCase):
    def setUp(self):
        self.session = SessionLocal()

    def tearDown(self):
        self.session.rollback()
        self.session.close()

    def test_none(self):
        self.assertEqual(self.session.scalars(select(Horse)).all(), [])


class TestWithCleanup(unittest.TestCase):
    def setUp(self):
        self.session = SessionLocal()
        self.addCleanup(self.session.close)

    def test_none(self):
        self.assertEqual(self.session.scalars(select(Horse)).all(), [])


class TestOfTheClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = SessionLocal()

    @classmethod
    def tearDownClass(cls):
        cls.session.close()


class TestByFixture:
    @pytest.fixture(autouse=True)
    def with_session(self):
        self.session = SessionLocal()
        yield
        self.session.close()

    def test_none(self):
        assert self.session.scalars(select(Horse)).all() == []


class TestOfPytest:
    def setup_method(self):
        self.session = SessionLocal()

    def teardown_method(self):
        self.session.close()


class TestWithoutTearDown(unittest.TestCase):
    def setUp(self):
        self.session = SessionLocal()  # want SES110

    def test_none(self):
        self.assertEqual(self.session.scalars(select(Horse)).all(), [])
