"""Commits in and around try statements."""

import logging

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from dispatch.db import engine
from dispatch.models import Job, Note, Step
from dispatch.states import IllegalMove, move

SessionMaker = sessionmaker(engine)
logger = logging.getLogger(__name__)


def move_on(job_id):
    with SessionMaker() as session:
        job = session.get(Job, job_id)
        job.tries += 1
        session.commit()
        try:
            job = session.execute(select(Job).where(Job.id == job_id).with_for_update()).scalar_one()
            move(job, "running")
            session.commit()  # want SES201
        except IllegalMove:
            logger.warning("job %s does not move", job_id)
        else:
            session.add(Note(job_id=job_id, text="moved"))
            session.commit()


def commit_in_the_else(job_id):
    with SessionMaker() as session:
        session.add(Note(job_id=job_id, text="begun"))
        session.commit()
        try:
            step = session.get(Step, job_id)
            step.run()
        except RuntimeError:
            session.rollback()
        else:
            session.commit()  # want SES201


def commit_in_the_finally(job_id):
    with SessionMaker() as session:
        session.add(Note(job_id=job_id, text="begun"))
        session.commit()
        try:
            session.add(Step(job_id=job_id))
        finally:
            session.commit()  # want SES201


def commit_in_the_handler(job_id):
    with SessionMaker() as session:
        try:
            session.add(Step(job_id=job_id))
            session.commit()
            session.get(Job, job_id).start()
        except RuntimeError as error:
            session.add(Note(job_id=job_id, text=str(error)))
            session.commit()  # want SES201


def state_then_work(job_id):
    session = SessionMaker()
    try:
        job = session.get(Job, job_id)
        job.state = "running"
        session.commit()
        job.result = job.compute()
        job.state = "done"
        session.commit()  # want SES201
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def one_in_each_clause(job_id):
    with SessionMaker() as session:
        try:
            session.get(Job, job_id).start()
        except RuntimeError as error:
            session.rollback()
            session.add(Note(job_id=job_id, text=str(error)))
            session.commit()
        else:
            session.commit()


def failed_commit_is_no_commit(job_id, name):
    with SessionMaker() as session:
        session.add(Job(id=job_id, name=name))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            session.get(Job, job_id).name = name
            session.commit()


def the_usual_one(job_id):
    session = SessionMaker()
    try:
        session.get(Job, job_id).state = "done"
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def handler_returns(job_id):
    with SessionMaker() as session:
        try:
            job = session.get(Job, job_id)
            move(job, "running")
        except IllegalMove:
            session.add(Note(job_id=job_id, text="does not move"))
            session.commit()
            return False
        session.commit()
        return True
