"""What holds on some paths only is a warning."""

import logging

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from workshop.db import engine
from workshop.models import Job, Machine

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(engine)


def maybe_committed(job_id, start):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        if start:
            job.started = func.now()
            session.commit()
    return job.name  # want SES302 warning


def maybe_touched(job_id, verbose):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        job.started = func.now()
        session.commit()
        if verbose:
            log.info("started %s", job.name)
    return job.state  # want SES302 warning


def maybe_rolled_back(job_id):
    with SessionLocal(expire_on_commit=False) as session:
        job = session.get(Job, job_id)
        try:
            job.started = func.now()
            session.commit()
        except SQLAlchemyError:
            session.rollback()
    return job.name  # want SES302 warning


def committed_where_there_are_names(job_id, names):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        if names:
            session.add_all([Machine(name=name) for name in names])
            session.commit()
        else:
            log.info("no machines")
    return job.name  # want SES302 warning


def one_or_the_other(job_id, keep):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        job.checked = func.now()
        if keep:
            session.commit()
        else:
            session.rollback()
    return job.name  # want SES302


def after_any_end(name):
    with SessionLocal() as session:
        machine = session.scalars(select(Machine).where(Machine.name == name)).one()
        machine.used = func.now()
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
    return machine.id  # want SES302


def touched_either_way(job_id, verbose):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        job.started = func.now()
        session.commit()
        if verbose:
            log.info("started %s", job.name)
        else:
            log.info("started %d", job.id)
    return job.state


def refreshed_where_committed(job_id, start):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        if start:
            job.started = func.now()
            session.commit()
            session.refresh(job)
    return job.name


def read_where_not_committed(job_id, start):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        if start:
            job.started = func.now()
            session.commit()
    if not start:
        return job.name
    return None


def returned_where_committed(job_id, start):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        if start:
            job.started = func.now()
            session.commit()
            return job_id
    return job.name


def raised_where_rolled_back(job_id):
    with SessionLocal(expire_on_commit=False) as session:
        job = session.get(Job, job_id)
        try:
            job.started = func.now()
            session.commit()
        except SQLAlchemyError:
            session.rollback()
            raise
    return job.name


def missing(job_id):
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        if job is None:
            session.add(Job(id=job_id))
            session.commit()
            return "new"
    return job.name


def one_session_for_each(ids):
    names = []
    for job_id in ids:
        with SessionLocal() as session:
            job = session.get(Job, job_id)
            job.started = func.now()
            session.commit()
            names.append(job.name)
    return names


def an_exception_ends_it(job_id):
    # Nothing expires when a block is left by an exception: close() rolls back, and expires nothing.
    with SessionLocal() as session:
        job = session.get(Job, job_id)
        try:
            log.info("%d machines", session.scalar(select(func.count(Machine.id))))
        except SQLAlchemyError:
            log.exception("no machines")
    return job.name


def refused(name):
    # A rollback takes new objects out of the session as they are.
    with SessionLocal() as session:
        job = Job(name=name)
        session.add(job)
        session.flush()
        if session.scalar(select(func.count(Job.id)).where(Job.name == name)) > 1:
            session.rollback()
            log.info("%s is refused: there is %d", job.name, job.id)
            return f"{job.name} is taken"
        session.commit()
    return job.name  # want SES302 error


def in_part(name, parts):
    with SessionLocal() as session:
        job = Job(name=name)
        try:
            with session.begin_nested():
                session.add(job)
                session.flush()
                session.add_all([Machine(job=job, name=part) for part in parts])
        except SQLAlchemyError:
            log.exception("no machines for %s", job.name)
        session.commit()
    return name
