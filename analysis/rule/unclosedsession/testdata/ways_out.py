"""Every way out of a function, and out of a turn of a loop, counts."""

import logging

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from clinic.db import engine
from clinic.models import Appointment, Doctor, Patient

log = logging.getLogger(__name__)
SessionLocal = sessionmaker(bind=engine)


def never_closed(day):
    session = SessionLocal()  # want SES102
    return session.scalars(select(Appointment).where(Appointment.day == day)).all()


def falls_off_the_end(day):
    session = Session(engine)  # want SES102
    for appointment in session.scalars(select(Appointment).where(Appointment.day == day)):
        log.info("%s at %s", appointment.patient_id, appointment.time)


def early_return(patient_id):
    session = SessionLocal()  # want SES102
    patient = session.get(Patient, patient_id)
    if patient is None:
        return None
    name = patient.name
    session.close()
    return name


def one_branch_forgets(doctor_id, today):
    session = SessionLocal()  # want SES102
    if today:
        count = session.scalar(select(func.count(Appointment.id)))
    else:
        count = session.scalar(select(func.count(Appointment.id)).where(Appointment.doctor_id == doctor_id))
        session.close()
    return count


def goes_on_with_the_next(ids):
    for patient_id in ids:
        session = SessionLocal()  # want SES102
        patient = session.get(Patient, patient_id)
        if patient is None:
            continue
        log.info("%s", patient.name)
        session.close()


def leaves_the_loop(ids):
    for patient_id in ids:
        session = SessionLocal()  # want SES102
        if session.get(Patient, patient_id) is None:
            break
        session.close()


def bound_anew():
    session = SessionLocal()  # want SES102
    doctors = session.scalars(select(Doctor)).all()
    session = SessionLocal()
    try:
        return doctors, session.scalars(select(Patient)).all()
    finally:
        session.close()


def bound_anew_in_its_block(day):
    with SessionLocal() as session:
        patients = session.scalars(select(Patient)).all()
        session = SessionLocal()  # want SES102
        return patients, session.scalars(select(Appointment).where(Appointment.day == day)).all()


def a_deleted_name_is_not_closed(patient_id):
    session = SessionLocal()  # want SES102
    found = session.get(Patient, patient_id) is not None
    del session
    return found


def set_to_none(patient_id):
    session = SessionLocal()  # want SES102
    found = session.get(Patient, patient_id) is not None
    session = None
    return found


def raises(patient_id):
    session = SessionLocal()  # want SES102
    patient = session.get(Patient, patient_id)
    if patient is None:
        raise LookupError(patient_id)
    session.close()


def begin_does_not_own(patient_id):
    session = SessionLocal()  # want SES102
    with session.begin():
        session.add(Appointment(patient_id=patient_id))
    return session.scalar(select(func.count(Appointment.id)))


def with_block(day):
    with SessionLocal() as session:
        return session.scalars(select(Appointment).where(Appointment.day == day)).all()


def returns_early_from_the_block(patient_id):
    with SessionLocal() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            return None
        return patient.name


def closed_on_every_way(patient_id):
    session = SessionLocal()
    try:
        patient = session.get(Patient, patient_id)
        if patient is None:
            return None
        if not patient.active:
            raise LookupError(patient_id)
        return patient.name
    finally:
        session.close()


def closed_in_every_turn(ids):
    names = []
    for patient_id in ids:
        session = SessionLocal()
        try:
            patient = session.get(Patient, patient_id)
            if patient is None:
                continue
            if patient.name in names:
                break
            names.append(patient.name)
        finally:
            session.close()
    return names


def bound_twice_and_closed_twice():
    session = SessionLocal()
    try:
        doctors = session.scalars(select(Doctor)).all()
    finally:
        session.close()
    session = SessionLocal()
    try:
        return doctors, session.scalars(select(Patient)).all()
    finally:
        session.close()


def another_name_closes_it(day):
    session = SessionLocal()
    db = session
    try:
        return session.scalars(select(Appointment).where(Appointment.day == day)).all()
    finally:
        db.close()


def entered_later(day):
    session = SessionLocal()
    with session:
        return session.scalars(select(Appointment).where(Appointment.day == day)).all()


def begun_by_the_maker(patient_id):
    with SessionLocal.begin() as session:
        session.add(Appointment(patient_id=patient_id))


def in_a_with_and_named_before(day):
    session = Session(engine)
    with session, session.begin():
        session.add(Appointment(day=day))


def never_used():
    session = SessionLocal()
    log.info("%r is ready", session)


def only_builds_a_query(day):
    session = SessionLocal()
    return str(session.query(Appointment).filter(Appointment.day == day))


def walrus(day):
    with (session := SessionLocal()):
        return session.scalars(select(Appointment).where(Appointment.day == day)).all()
