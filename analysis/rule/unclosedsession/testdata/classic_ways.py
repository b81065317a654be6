"""What every tool for unclosed resources is asked, asked of sessions."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from museum.db import engine
from museum.models import Painting, Visitor
from museum.tickets import check

SessionMaker = sessionmaker(engine)


def opened_and_forgotten():
    session = Session(engine)  # want SES102
    session.execute(select(Painting.id)).all()


def opened_then_closed():
    session = Session(engine)  # want SES102 warning
    session.execute(select(Painting.id)).all()
    session.close()


def opened_with_with():
    with Session(engine) as session:
        session.execute(select(Painting.id)).all()


def opened_before_the_with():
    session = Session(engine)
    with session:
        session.execute(select(Painting.id)).all()


def opened_used_and_then_in_a_with():
    session = Session(engine)  # want SES102 warning
    session.execute(select(Painting.id)).all()
    with session:
        session.execute(select(Visitor.id)).all()


def opened_and_returned():
    session = Session(engine)
    session.execute(select(Painting.id)).all()
    return session


def opened_by_another_and_closed():
    session = opened_and_returned()
    try:
        session.execute(select(Visitor.id)).all()
    finally:
        session.close()


def opened_by_another_and_forgotten():
    session = opened_and_returned()  # want SES102
    session.execute(select(Visitor.id)).all()


def closed_if(done):
    session = Session(engine)  # want SES102
    session.execute(select(Painting.id)).all()
    if done:
        session.close()


def closed_if_it_is_none():
    session = Session(engine)  # want SES102
    session.execute(select(Painting.id)).all()
    if session is None:
        session.close()


def closed_if_it_is_not_none():
    session = Session(engine)
    try:
        session.execute(select(Painting.id)).all()
    finally:
        if session is not None:
            session.close()


def closed_if_it_is_there():
    session = None
    try:
        session = Session(engine)
        session.execute(select(Painting.id)).all()
    finally:
        if session:
            session.close()


def closed_if_nothing_was_found():
    session = Session(engine)  # want SES102
    paintings = session.execute(select(Painting.id)).all()
    if not paintings:
        session.close()
    return paintings


def closed_by_the_same_condition(wanted):
    session = None
    if wanted:
        session = Session(engine)
    try:
        if wanted:
            session.execute(select(Painting.id)).all()
    finally:
        if wanted:
            session.close()


def closed_by_another_condition(wanted, tidy):
    session = None
    if wanted:
        session = Session(engine)  # want SES102
        session.execute(select(Painting.id)).all()
    if tidy and session is not None:
        session.close()


def opened_on_one_branch(wanted):
    if wanted:
        session = Session(engine)
    else:
        session = SessionMaker()
    try:
        session.execute(select(Painting.id)).all()
    finally:
        session.close()


def two_and_one_closed():
    first = Session(engine)  # want SES102
    second = Session(engine)
    try:
        first.execute(select(Painting.id)).all()
        second.execute(select(Visitor.id)).all()
    finally:
        second.close()


def two_and_both_closed():
    first = Session(engine)
    second = Session(engine)
    try:
        first.execute(select(Painting.id)).all()
        second.execute(select(Visitor.id)).all()
    finally:
        first.close()
        second.close()


def two_in_one_with():
    with Session(engine) as first, Session(engine) as second:
        first.execute(select(Painting.id)).all()
        second.execute(select(Visitor.id)).all()


def reopened():
    session = Session(engine)
    try:
        session.execute(select(Painting.id)).all()
    finally:
        session.close()
    session = Session(engine)  # want SES102
    session.execute(select(Visitor.id)).all()


def closed_twice():
    session = Session(engine)
    try:
        session.execute(select(Painting.id)).all()
    finally:
        session.close()
        session.close()


def closed_through_an_alias():
    session = Session(engine)
    other = session
    try:
        session.execute(select(Painting.id)).all()
    finally:
        other.close()


def other_is_closed():
    session = Session(engine)  # want SES102
    other = Session(engine)
    session.execute(select(Painting.id)).all()
    other.close()


def swapped():
    first = Session(engine)
    second = Session(engine)  # want SES102
    first, second = second, first
    first.execute(select(Painting.id)).all()
    second.close()


def close_without_a_call():
    session = Session(engine)  # want SES102
    session.execute(select(Painting.id)).all()
    session.close


def in_a_conditional_expression(wanted):
    session = Session(engine) if wanted else None
    try:
        return session.execute(select(Painting.id)).all() if session else []
    finally:
        if session:
            session.close()


def checked_between(visitor_id):
    session = Session(engine)  # want SES102 warning
    visitor = session.get(Visitor, visitor_id)
    check(visitor)
    session.close()
