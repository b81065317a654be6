"""Objects that a closed session is asked about."""

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from jobs.db import engine
from jobs.models import Application

SessionLocal = sessionmaker(bind=engine)
AsyncSessionLocal = async_sessionmaker(create_async_engine("postgresql+asyncpg://jobs"))


def apply(company, role):
    with SessionLocal() as db:
        application = Application(company=company, role=role)
        db.add(application)
        db.commit()
    db.refresh(application)  # want SES101
    return application


def apply_by_hand(company, role):
    db = SessionLocal()
    try:
        application = Application(company=company, role=role)
        db.add(application)
        db.commit()
    finally:
        db.close()
    db.refresh(application)  # want SES101
    return application


async def apply_async(company, role):
    async with AsyncSessionLocal() as db:
        application = Application(company=company, role=role)
        db.add(application)
        await db.commit()
    await db.refresh(application)  # want SES101
    return application


def forgotten(application_id):
    with Session(engine) as db:
        application = db.get(Application, application_id)
    db.expunge(application)  # want SES101
    return application


def refreshed_in_time(company, role):
    with SessionLocal() as db:
        application = Application(company=company, role=role)
        db.add(application)
        db.commit()
        db.refresh(application)
        return application


def refreshed_in_another(application_id):
    with SessionLocal() as db:
        application = db.get(Application, application_id)
    with SessionLocal() as other:
        application = other.merge(application)
        other.refresh(application)
        return application.company


def entered_again(application_id):
    db = SessionLocal()
    with db:
        application = db.get(Application, application_id)
    with db:
        application = db.merge(application)
        db.refresh(application)
        return application.role


async def handed_in(db: AsyncSession, application):
    await db.commit()
    await db.refresh(application)
    return application
