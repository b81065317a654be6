"""The database: one engine and one session factory for the whole service."""

import os
from functools import lru_cache

from sqlalchemy import Engine, QueuePool, create_engine
from sqlalchemy.orm import Session, sessionmaker


@lru_cache
def get_engine() -> Engine:
    url = os.environ.get("SAMPLE_DATABASE_URL", "sqlite:///kilns.db")
    # A small pool that gives up soon: a leaked connection is noticed at once.
    return create_engine(url, poolclass=QueuePool, pool_size=2, max_overflow=0, pool_timeout=1)


@lru_cache
def get_sessionmaker() -> sessionmaker[Session]:
    return sessionmaker(get_engine())
