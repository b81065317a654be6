"""Fixtures: pytest goes on behind the yield, whatever the test did."""

import pytest
import pytest_asyncio
from pytest import fixture
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from tickets.db import engine
from tickets.models import Base

SessionLocal = sessionmaker(bind=engine)
async_engine = create_async_engine("sqlite+aiosqlite://")


@pytest.fixture
def session():
    session = SessionLocal()
    yield session
    session.close()


@pytest.fixture()
def session_with_tables():
    Base.metadata.create_all(engine)
    session = Session(engine)
    yield session
    session.close()
    Base.metadata.drop_all(engine)


@pytest.fixture(scope="module", name="db")
def db_of_the_module():
    db = SessionLocal()
    yield db
    db.rollback()
    db.close()


@fixture
def imported_name():
    db = SessionLocal()
    yield db
    db.close()


@pytest_asyncio.fixture
async def async_db():
    db = AsyncSession(async_engine)
    yield db
    await db.close()


@pytest.fixture
def in_a_transaction():
    connection = engine.connect()
    transaction = connection.begin()
    session = Session(bind=connection)
    yield session
    session.close()
    transaction.rollback()
    connection.close()


@pytest.fixture
def in_a_block():
    with SessionLocal() as session:
        yield session


def override_get_db():
    db = SessionLocal()
    yield db  # want SES104
    db.close()


@pytest.fixture
def client(app):
    def override():
        db = SessionLocal()
        yield db  # want SES104
        db.close()

    app.dependency_overrides[override_get_db] = override
    return app.test_client()
