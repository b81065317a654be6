"""Savepoints that are ended by hand, is_active, and helpers that swallow."""

import logging

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from museum.models import Exhibit, Loan

log = logging.getLogger(__name__)


def entry(session: Session, name):
    savepoint = session.begin_nested()
    try:
        session.add(Exhibit(name=name))
        session.flush()
    except IntegrityError:
        savepoint.rollback()
        return session.scalars(select(Exhibit).where(Exhibit.name == name)).one()
    savepoint.commit()
    return None


def entries(session: Session, names):
    for name in names:
        entry(session, name)


async def imported(session: AsyncSession, names):
    for name in names:
        try:
            session.add(Exhibit(name=name))
            await session.flush()
        except Exception:
            log.exception("cannot import %s", name)
            if not session.is_active:
                break


async def imported_regardless(session: AsyncSession, names):
    for name in names:
        try:
            session.add(Exhibit(name=name))
            await session.flush()
        except Exception:  # want SES207
            log.exception("cannot import %s", name)


def noted(session, name):
    try:
        session.add(Loan(name=name))
        session.flush()
    except IntegrityError:
        log.info("%s is lent already", name)


def lend(session: Session, names):
    for name in names:
        noted(session, name)  # want SES207
    session.commit()


def lend_and_forget(session: Session, name):
    try:
        session.add(Loan(name=name))
        session.flush()
    except IntegrityError:
        session.rollback()
        raise


def lend_all(session: Session, names):
    for name in names:
        try:
            lend_and_forget(session, name)
        except IntegrityError:
            log.info("%s is lent already", name)
    session.commit()


def named_in_the_log(session: Session, name):
    exhibit = Exhibit(name=name)
    session.add(exhibit)
    try:
        session.commit()
    except IntegrityError:
        # It has no row, and keeps what it was made with.
        log.info("%s is there already", exhibit.name)
        raise
