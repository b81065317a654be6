"""Which paths lead from the end of the transaction to a use in its block."""

import logging

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from casting.db import engine
from casting.errors import NoRole
from casting.models import Actor, Audition, Role

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def on_a_branch(actor_id, role_id):
    with SessionMaker() as session:
        with session.begin():
            actor = session.get(Actor, actor_id)
            actor.auditions += 1
            if role_id:
                session.add(Audition(actor_id=actor_id, role_id=role_id))
                session.commit()
            actor.invited = True  # want SES205


def in_a_handler(actor_id):
    with SessionMaker() as session:
        with session.begin():
            try:
                actor = session.get(Actor, actor_id)
                actor.choose_a_role()
            except NoRole:
                session.rollback()
                session.add(Audition(actor_id=actor_id, text="no role"))  # want SES205


def after_the_handler(actor_id, role_id):
    with SessionMaker() as session:
        with session.begin():
            try:
                session.add(Audition(actor_id=actor_id, role_id=role_id))
                session.flush()
            except IntegrityError:
                session.rollback()
            session.get(Actor, actor_id).auditions += 1  # want SES205 warning


def after_the_loop(role_ids):
    with SessionMaker() as session:
        with session.begin():
            for role_id in role_ids:
                role = session.get(Role, role_id)
                if role.free:
                    role.free = False
                    session.commit()
                    break
            return session.scalars(select(Role).where(Role.free)).all()  # want SES205


def in_the_finally(actor_id):
    with SessionMaker() as session:
        with session.begin():
            try:
                session.get(Actor, actor_id).invited = True
                session.commit()
            finally:
                session.add(Audition(actor_id=actor_id))  # want SES205


def of_a_comprehension(ids):
    with SessionMaker.begin() as session:
        session.add(Audition())
        session.commit()
        return [session.get(Role, n) for n in ids]  # want SES205


def swallowed(actor_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Actor, actor_id).invited = True
            session.commit()
            try:
                session.add(Audition(actor_id=actor_id))  # want SES205
            except Exception:
                log.exception("no audition")


def returned_at_once(actor_id, role_id):
    with SessionMaker() as session:
        with session.begin():
            actor = session.get(Actor, actor_id)
            if actor.busy:
                session.rollback()
                return False
            session.add(Audition(actor_id=actor_id, role_id=role_id))
            return True


def raised_at_once(actor_id):
    with SessionMaker() as session:
        with session.begin():
            actor = session.get(Actor, actor_id)
            if actor.busy:
                session.rollback()
                raise NoRole(actor_id)
            actor.invited = True


def last_on_each_branch(actor_id, role_id):
    with SessionMaker() as session:
        with session.begin():
            if role_id:
                session.add(Audition(actor_id=actor_id, role_id=role_id))
                session.commit()
            else:
                session.get(Actor, actor_id).invited = True


def broken_out_of_the_loop(role_ids):
    with SessionMaker() as session:
        with session.begin():
            for role_id in role_ids:
                role = session.get(Role, role_id)
                if role.free:
                    role.free = False
                    session.commit()
                    break
            log.info("%d roles", len(role_ids))


def raised_again(actor_id):
    with SessionMaker() as session:
        with session.begin():
            try:
                session.get(Actor, actor_id).choose_a_role()
            except NoRole:
                session.rollback()
                raise
            session.add(Audition(actor_id=actor_id))


def handled_around_the_block(actor_id):
    with SessionMaker() as session:
        try:
            with session.begin():
                session.get(Actor, actor_id).choose_a_role()
        except NoRole:
            session.rollback()
            session.add(Audition(actor_id=actor_id, text="no role"))
            session.commit()


def block_per_role(role_ids):
    with SessionMaker() as session:
        for role_id in role_ids:
            with session.begin():
                session.get(Role, role_id).free = False
                session.commit()
