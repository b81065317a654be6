"""Asynchronous sessions, and sessions that were handed in."""

import logging

from fastapi import APIRouter, Depends, HTTPException
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from choirs.db import get_async_db, get_db
from choirs.models import Choir, Singer
from choirs.voices import NoVoice

router = APIRouter()
db = SQLAlchemy()
async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/choirs"), expire_on_commit=False)
log = logging.getLogger(__name__)


async def flushed(name):
    async with async_session() as session:
        async with session.begin():
            session.add(Choir(name=name))
            try:
                session.add(Singer(name=name))
                await session.flush()
            except IntegrityError:  # want SES208 error
                log.info("%s sings already", name)


async def of_the_application(singer_id):
    async with async_session.begin() as session:
        singer = await session.get(Singer, singer_id)
        try:
            singer.state = "testing"
            await singer.sing()
        except NoVoice:  # want SES208
            log.info("singer %d has no voice", singer_id)


@router.post("/singers")
async def add_singer(name: str, session: AsyncSession = Depends(get_async_db)):
    async with session.begin():
        session.add(Singer(name=name))
        try:
            await session.flush()
        except IntegrityError:  # want SES208 error
            return {"known": True}
    return {"known": False}


def add(session: Session, names):
    with session.begin():
        for name in names:
            try:
                session.add(Singer(name=name))
                session.flush()
            except IntegrityError:  # want SES208 error
                log.info("%s sings already", name)


def with_flask(name):
    with db.session.begin():
        db.session.add(Singer(name=name))
        try:
            db.session.flush()
        except IntegrityError:  # want SES208 error
            log.info("%s sings already", name)


async def savepoint(name):
    async with async_session() as session:
        async with session.begin():
            session.add(Choir(name=name))
            try:
                async with session.begin_nested():
                    session.add(Singer(name=name))
            except IntegrityError:
                log.info("%s sings already", name)


async def around_the_block(name):
    async with async_session() as session:
        try:
            async with session.begin():
                session.add(Singer(name=name))
                await session.flush()
        except IntegrityError:
            log.info("%s sings already", name)


@router.post("/choirs")
async def add_choir(name: str, session: AsyncSession = Depends(get_async_db)):
    async with session.begin():
        session.add(Choir(name=name))
        try:
            await session.flush()
        except IntegrityError:
            raise HTTPException(409)


@router.put("/choirs/{choir_id}")
def rename(choir_id: int, name: str, session: Session = Depends(get_db)):
    try:
        with session.begin():
            session.get(Choir, choir_id).name = name
    except IntegrityError:
        raise HTTPException(409)


def with_flask_and_a_savepoint(name):
    with db.session.begin():
        try:
            with db.session.begin_nested():
                db.session.add(Singer(name=name))
        except IntegrityError:
            log.info("%s sings already", name)


def not_begun_here(session: Session, name):
    session.add(Singer(name=name))
    try:
        session.flush()
    except IntegrityError:
        return False
    return True
