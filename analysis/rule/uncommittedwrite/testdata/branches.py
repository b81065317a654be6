"""A commit counts on the paths that pass it."""

from sqlalchemy import select, update
from sqlalchemy.orm import sessionmaker

from clinic.checks import Invalid, validate
from clinic.db import engine
from clinic.models import Bill, Patient, Visit

SessionMaker = sessionmaker(engine)


def early_return(patient_id):
    with SessionMaker() as session:
        patient = session.get(Patient, patient_id)
        patient.visits += 1  # want SES206
        if patient.insured:
            return "insured"
        session.add(Bill(patient_id=patient_id))
        session.commit()
        return "billed"


def written_on_the_branch_that_returns(patient_id):
    with SessionMaker() as session:
        patient = session.get(Patient, patient_id)
        if patient.left:
            patient.state = "gone"  # want SES206
            return None
        patient.state = "here"
        session.commit()
        return patient_id


def committed_on_one_branch(patient_id, urgent):
    with SessionMaker() as session:
        session.add(Visit(patient_id=patient_id))  # want SES206
        if urgent:
            session.get(Patient, patient_id).urgent = True
            session.commit()


def written_on_the_other_branch(patient_id, urgent):
    with SessionMaker() as session:
        if urgent:
            session.add(Visit(patient_id=patient_id))
            session.commit()
        else:
            session.add(Bill(patient_id=patient_id))  # want SES206


def one_arm(patient_id, kind):
    with SessionMaker() as session:
        match kind:
            case "visit":
                session.add(Visit(patient_id=patient_id))
                session.commit()
            case "bill":
                session.add(Bill(patient_id=patient_id))  # want SES206


def after_the_commit(visit_id, now):
    with SessionMaker() as session:
        visit = session.get(Visit, visit_id)
        visit.state = "over"
        session.commit()
        visit.ended = now  # want SES206


def after_the_commit_of_a_branch(patient_id, bill):
    with SessionMaker() as session:
        if bill:
            session.add(Bill(patient_id=patient_id))
            session.commit()
        session.execute(update(Patient).where(Patient.id == patient_id).values(seen=True))  # want SES206


def commit_in_the_else(patient_id, form):
    with SessionMaker() as session:
        try:
            age = int(form["age"])
        except ValueError:
            session.add(Visit(patient_id=patient_id, text="no age"))  # want SES206
        else:
            session.get(Patient, patient_id).age = age
            session.commit()


def only_if_made_here(name, session=None):
    own = session is None
    if own:
        session = SessionMaker()
    try:
        session.add(Patient(name=name))  # want SES206
        session.flush()
    finally:
        if own:
            session.close()


def commit_if_made_here(name, session=None):
    own = session is None
    if own:
        session = SessionMaker()
    try:
        session.add(Patient(name=name))
        session.flush()
        if own:
            session.commit()
    finally:
        if own:
            session.close()


def each_branch_commits(patient_id, urgent):
    with SessionMaker() as session:
        if urgent:
            session.add(Visit(patient_id=patient_id, soon=True))
            session.commit()
            return True
        session.add(Visit(patient_id=patient_id))
        session.commit()
        return False


def nothing_was_written(patient_id):
    with SessionMaker() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            return False
        patient.seen = True
        session.commit()
        return True


def created_if_missing(name):
    with SessionMaker() as session:
        patient = session.scalars(select(Patient).where(Patient.name == name)).first()
        if patient is None:
            patient = Patient(name=name)
            session.add(patient)
            session.commit()
        return patient.id


def remembered_by_a_flag(patient_id, names):
    changed = False
    with SessionMaker() as session:
        if names:
            session.get(Patient, patient_id).names = names
            changed = True
        if changed:
            session.commit()


def refused(name):
    # What is not valid is not to be kept.
    with SessionMaker() as session:
        patient = Patient(name=name)
        session.add(patient)
        session.flush()
        if not validate(patient):
            raise Invalid(name)
        session.commit()


def dry_run(rows, dry):
    with SessionMaker() as session:
        for row in rows:
            session.add(Visit(**row))
        session.flush()
        if dry:
            session.rollback()
        else:
            session.commit()


def preview(patient_id, form):
    with SessionMaker() as session:
        patient = session.get(Patient, patient_id)
        patient.name = form["name"]
        session.flush()
        shown = {"name": patient.name, "key": patient.key}
        session.rollback()
        return shown


def commit_in_the_finally(patient_id, form):
    with SessionMaker() as session:
        try:
            session.get(Patient, patient_id).age = int(form["age"])
        finally:
            session.commit()


def failed_commit(name):
    with SessionMaker() as session:
        session.add(Patient(name=name))
        try:
            session.commit()
        except Exception:
            return False
        return True


def the_usual_one(patient_id):
    session = SessionMaker()
    try:
        session.get(Patient, patient_id).seen = True
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def repair(keys):
    repaired = []
    with SessionMaker() as session:
        for key in keys:
            row = session.get(Setting, key)
            if row is None or not row.broken:
                continue
            row.value = None
            repaired.append(key)
        if repaired:
            session.commit()
            if len(repaired) > 1:
                log.info("repaired %s", repaired)


def update_note(note_id, values):
    with SessionMaker() as session:
        note = session.get(Note, note_id)
        note.title = values["title"]
        if not session.is_modified(note):
            return note.id
        session.commit()
        return note.id
