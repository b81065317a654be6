"""Two commits count when one path passes both."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from court.db import engine
from court.models import Case, Hearing, Ruling

SessionMaker = sessionmaker(engine)


def exclusive(case_id, urgent):
    with SessionMaker() as session:
        if urgent:
            session.add(Hearing(case_id=case_id, soon=True))
            session.commit()
        else:
            session.add(Hearing(case_id=case_id))
            session.commit()


def chain(case_id, kind):
    with SessionMaker() as session:
        if kind == "civil":
            session.add(Hearing(case_id=case_id, judges=1))
            session.commit()
        elif kind == "criminal":
            session.add(Hearing(case_id=case_id, judges=3))
            session.commit()
        else:
            session.add(Hearing(case_id=case_id, judges=5))
            session.commit()


def early_return(case_id):
    with SessionMaker() as session:
        case = session.get(Case, case_id)
        if case.settled:
            case.state = "closed"
            session.commit()
            return None
        hearing = Hearing(case_id=case_id)
        session.add(hearing)
        session.commit()
        return hearing.id


def early_raise(case_id):
    with SessionMaker() as session:
        case = session.get(Case, case_id)
        if case.settled:
            case.tries += 1
            session.commit()
            raise ValueError(case_id)
        session.add(Hearing(case_id=case_id))
        session.commit()


def matched(case_id, kind):
    with SessionMaker() as session:
        match kind:
            case "civil":
                session.add(Hearing(case_id=case_id))
                session.commit()
            case "criminal":
                session.add(Ruling(case_id=case_id))
                session.commit()


def by_the_same_flag(case_id, urgent):
    with SessionMaker() as session:
        if urgent:
            session.add(Hearing(case_id=case_id))
            session.commit()
        if not urgent:
            session.add(Ruling(case_id=case_id))
            session.commit()


def handler_or_body(case_id):
    with SessionMaker() as session:
        try:
            session.add(Hearing(case_id=case_id))
        except ValueError:
            session.add(Ruling(case_id=case_id))
            session.commit()
        else:
            session.commit()


def one_branch_commits_twice(case_id, urgent):
    with SessionMaker() as session:
        if urgent:
            session.add(Hearing(case_id=case_id))
            session.commit()
        session.add(Ruling(case_id=case_id))
        session.commit()  # want SES201


def branch_after(case_id, urgent):
    with SessionMaker() as session:
        session.add(Hearing(case_id=case_id))
        session.commit()
        if urgent:
            session.add(Ruling(case_id=case_id))
            session.commit()  # want SES201


def one_commit_per_branch_after_one(case_id, urgent):
    with SessionMaker() as session:
        session.add(Hearing(case_id=case_id))
        session.commit()
        if urgent:
            session.get(Case, case_id).urgent = True
            session.commit()  # want SES201
        else:
            session.add(Ruling(case_id=case_id))
            session.commit()


def two_conditions(case_id, urgent, appealed):
    with SessionMaker() as session:
        if urgent:
            session.add(Hearing(case_id=case_id))
            session.commit()
        if appealed:
            session.add(Ruling(case_id=case_id))
            session.commit()  # want SES201


def get_or_create(case_id):
    with SessionMaker() as session:
        case = session.scalars(select(Case).where(Case.id == case_id)).first()
        if case is None:
            case = Case(id=case_id)
            session.add(case)
            session.commit()
        case.opened = True
        session.commit()  # want SES201
