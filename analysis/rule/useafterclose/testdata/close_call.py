"""Sessions that are closed by hand and used once more."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from clinic.db import engine
from clinic.models import Patient, Visit

SessionLocal = sessionmaker(bind=engine, autoflush=False)


def discharge(patient_id):
    session = SessionLocal()
    patient = session.get(Patient, patient_id)
    patient.state = "discharged"
    session.commit()
    session.close()
    return session.query(Visit).filter_by(patient_id=patient_id).count()  # want SES101


def admit(name):
    db = SessionLocal()
    try:
        db.add(Patient(name=name))
        db.commit()
    finally:
        db.close()
    return db.scalar(select(func.count(Patient.id)))  # want SES101


def close_comes_first(patient_id):
    session = Session(engine)
    visits = select(Visit).where(Visit.patient_id == patient_id)
    session.close()
    for visit in session.scalars(visits):  # want SES101
        print(visit.reason)


def queued(patient_id):
    session = SessionLocal()  # want SES102 warning
    patient = session.get(Patient, patient_id)
    session.close()
    session.add(Visit(patient_id=patient.id))  # want SES101


def closed_in_the_loop(names):
    session = SessionLocal()
    session.add_all([Patient(name=n) for n in names])
    session.commit()
    session.close()
    missing = []
    for name in names:
        if session.scalar(select(Patient.id).where(Patient.name == name)) is None:  # want SES101
            missing.append(name)
    return missing


def invalidated(patient_id):
    session = SessionLocal()
    session.get(Patient, patient_id)
    session.invalidate()
    return session.scalars(select(Visit)).all()  # want SES101


def read_before_close(patient_id):
    session = SessionLocal()
    try:
        return session.query(Visit).filter_by(patient_id=patient_id).count()
    finally:
        session.close()


def closed_again(patient_id):
    # Using it again is all right when it is given back again.
    session = SessionLocal()  # want SES102 warning
    patient = session.get(Patient, patient_id)
    session.close()
    visits = session.scalars(select(Visit).where(Visit.patient_id == patient_id)).all()
    session.close()
    return patient, visits


def rolled_back_later(patient_id):
    session = SessionLocal()  # want SES102 warning
    session.get(Patient, patient_id)
    session.close()
    found = session.get(Patient, patient_id)
    session.rollback()
    return found


def closed_in_an_error(patient_id):
    session = SessionLocal()  # want SES102 warning
    try:
        patient = session.get(Patient, patient_id)
    except Exception:
        session.close()
        raise
    visits = session.scalars(select(Visit)).all()
    session.close()
    return patient, visits


def a_file_is_closed(path, patient_id):
    session = SessionLocal()  # want SES102 warning
    notes = open(path, encoding="utf-8")
    text = notes.read()
    notes.close()
    session.get(Patient, patient_id).notes = text
    session.commit()
    session.close()


def close_of_another(patient_id):
    mine, theirs = SessionLocal(), SessionLocal()  # want SES102 warning
    theirs.close()
    patient = mine.get(Patient, patient_id)
    mine.close()
    return patient.name
