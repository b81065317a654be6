"""What a file looks like while someone types in it."""

from sqlalchemy.orm import sessionmaker

from ferry.db import engine
from ferry.models import Cabin, Ticket

Session = sessionmaker(engine)


def before_the_cursor(ticket_id):
    with Session() as session:
        session.add(Ticket(id=ticket_id))
        session.commit()
        session.add(Cabin(ticket_id=ticket_id))
        session.commit()  # want SES201


def an_open_call(ticket_id):
    with Session() as session:
        session.add(Ticket(id=ticket_id
        session.commit()


def one_commit_so_far(ticket_id):
    with Session() as session:
        session.add(Ticket(id=ticket_id))
        session.commit()
        session.


def the_second_is_being_typed(ticket_id):
    with Session() as session:
        session.add(Ticket(id=ticket_id))
        session.commit()
        session.add(Cabin(ticket_id=ticket_id))
        session.com


def a_branch_is_being_typed(ticket_id):
    with Session() as session:
        session.add(Ticket(id=ticket_id))
        session.commit()
        if


def after_the_cursor(ticket_id):
    with Session() as session:
        session.add(Ticket(id=ticket_id))
        session.commit()
        session.add(Cabin(ticket_id=ticket_id))
        session.commit()  # want SES201
