"""Functions that open a session only if they are given none."""

import logging
from typing import Optional

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bank.db import engine
from bank.models import Account, Transfer

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(engine)


def made_when_absent(account_id, session: Optional[Session] = None):
    if session is None:
        session = SessionLocal()  # want SES102
    return session.get(Account, account_id)


def made_with_or(account_id, session=None):
    session = session or SessionLocal()  # want SES102
    return session.scalars(select(Transfer).where(Transfer.account_id == account_id)).all()


def finally_only_logs(account_id, session=None):
    if session is None:
        session = SessionLocal()  # want SES102
    try:
        return session.get(Account, account_id)
    finally:
        log.info("looked for account %s", account_id)


def flag_is_the_wrong_way_round(account_id, session=None):
    own = session is None
    if own:
        session = SessionLocal()  # want SES102
    account = session.get(Account, account_id)
    if not own:
        session.expunge(account)
    return account


def guarded_by_something_else(account_id, verbose, session=None):
    own = session is None
    if own:
        session = SessionLocal()  # want SES102
    account = session.get(Account, account_id)
    if verbose:
        log.info("account %s", account_id)
        if own:
            session.close()
    return account


def flag_is_never_set(account_id, session=None):
    own = False
    if session is None:
        session = SessionLocal()  # want SES102
    try:
        return session.get(Account, account_id)
    finally:
        if own:
            session.close()


def closes_its_own(account_id, session=None):
    own = session is None
    if own:
        session = SessionLocal()
    try:
        return session.get(Account, account_id)
    finally:
        if own:
            session.close()


def flag_is_set_where_it_is_made(account_id, session: Optional[Session] = None):
    _close_db = False
    if session is None:
        session = SessionLocal()
        _close_db = True
    try:
        return session.get(Account, account_id)
    finally:
        if _close_db:
            session.close()


def in_one_line(account_id, session=None):
    db, own = (session, False) if session else (SessionLocal(), True)
    try:
        return db.get(Account, account_id)
    finally:
        if own:
            db.close()


def compared_again(account_id, session=None):
    db = session or SessionLocal()
    try:
        return db.get(Account, account_id)
    finally:
        if db is not session:
            db.close()


def calls_itself(account_id, session=None):
    if session is None:
        with SessionLocal() as session:
            return calls_itself(account_id, session)
    return session.get(Account, account_id)


def given_only(account_id, session: Session):
    return session.get(Account, account_id)


def closed_whoever_made_it(account_id, session=None):
    if session is None:
        session = SessionLocal()
    try:
        return session.get(Account, account_id)
    finally:
        session.close()


def returns_before_it_is_made(account_id, session=None):
    if session is not None:
        return session.get(Account, account_id)
    with SessionLocal() as session:
        return session.get(Account, account_id)
