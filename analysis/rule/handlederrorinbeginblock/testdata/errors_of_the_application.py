"""An exception of the application is handled: what was done before it is committed."""

import logging
import sys

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, sessionmaker

from laundry.db import engine
from laundry.errors import Broken, Full
from laundry.models import Load, Machine, Note

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def put(session: Session, machine, kilos):
    session.add(Load(machine_id=machine.id, kilos=kilos))
    if machine.kilos + kilos > 8:
        raise Full(machine.id)
    machine.kilos += kilos


def changed_before_it_fails(machine_id):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken:  # want SES208
                log.warning("machine %d is broken", machine_id)


def added_before_it_fails(machine_id, kilos):
    with SessionMaker.begin() as session:
        machine = session.get(Machine, machine_id)
        try:
            session.add(Load(machine_id=machine_id, kilos=kilos))
            machine.start()
        except Broken as error:  # want SES208
            session.add(Note(text=str(error)))


def added_in_a_helper(machine_id, kilos):
    with SessionMaker() as session, session.begin():
        machine = session.get(Machine, machine_id)
        try:
            put(session, machine, kilos)
        except Full:  # want SES208
            log.warning("machine %d is full", machine_id)


def returned_from_the_handler(machine_id):
    # return leaves the block without an exception, so it commits.
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken:  # want SES208
                return False
            return True


def each_of_many(machine_ids):
    with SessionMaker() as session:
        with session.begin():
            for machine_id in machine_ids:
                machine = session.get(Machine, machine_id)
                try:
                    machine.state = "running"
                    machine.start()
                except Broken:  # want SES208
                    continue


def raised_on_one_branch(machine_id):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken as error:  # want SES208
                if error.dangerous:
                    raise


def raised_again(machine_id):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken:
                log.warning("machine %d is broken", machine_id)
                raise


def raised_as_another(machine_id):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken as error:
                raise RuntimeError(machine_id) from error


def left_the_program(machine_id):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken:
                sys.exit(f"machine {machine_id} is broken")


def savepoint_in_the_try(machine_id, kilos):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                with session.begin_nested():
                    put(session, machine, kilos)
            except Full:
                session.add(Note(text="full"))


def around_the_block(machine_id):
    with SessionMaker() as session:
        try:
            with session.begin():
                machine = session.get(Machine, machine_id)
                machine.state = "running"
                machine.start()
        except Broken:
            log.warning("machine %d is broken", machine_id)


def around_the_maker(machine_id):
    try:
        with SessionMaker.begin() as session:
            machine = session.get(Machine, machine_id)
            machine.state = "running"
            machine.start()
    except Broken:
        log.warning("machine %d is broken", machine_id)


def rolled_back(machine_id):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                machine.state = "running"
                machine.start()
            except Broken:
                session.rollback()


def nothing_of_the_session(machine_id, text):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                kilos = int(text)
            except ValueError:
                kilos = 0
            machine.kilos = kilos


def only_read(name):
    with SessionMaker() as session:
        with session.begin():
            try:
                machine = session.scalars(select(Machine).where(Machine.name == name)).one()
            except NoResultFound:
                machine = Machine(name=name)
                session.add(machine)
            machine.seen = True


def of_a_dict(machine_id, settings):
    with SessionMaker() as session:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                heat = settings["heat"]
            except KeyError:
                heat = 40
            machine.heat = heat


def without_a_block(machine_id):
    with SessionMaker() as session:
        machine = session.get(Machine, machine_id)
        try:
            machine.state = "running"
            machine.start()
        except Broken:
            session.rollback()
            return
        session.commit()


def another_session(machine_id):
    with SessionMaker() as session, SessionMaker() as other:
        with session.begin():
            machine = session.get(Machine, machine_id)
            try:
                number = other.scalars(select(Load.id)).one()
            except NoResultFound:
                number = None
            machine.load = number
