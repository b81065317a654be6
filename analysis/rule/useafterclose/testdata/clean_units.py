"""A closed session that is taken up again for a whole piece of work."""

from sqlalchemy import select, update
from sqlalchemy.orm import sessionmaker

from harbour.db import engine
from harbour.models import Boat, Fee, Mooring

Session = sessionmaker(engine)


def begin_block_after(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    with session.begin():
        session.add(Fee(boat_id=boat.id))


def add_and_commit_after(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    session.add(Fee(boat_id=boat.id))
    session.commit()


def statement_and_commit_after(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    session.execute(update(Boat).where(Boat.id == boat.id).values(paid=True))
    session.commit()


def read_and_close_after(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    fees = session.scalars(select(Fee).where(Fee.boat_id == boat.id)).all()
    session.close()
    return fees


def read_and_close_in_finally(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    try:
        return session.scalars(select(Fee).where(Fee.boat_id == boat.id)).all()
    finally:
        session.close()


def read_and_roll_back_after(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    fees = session.scalars(select(Fee).where(Fee.boat_id == boat.id)).all()
    session.rollback()
    return fees


def entered_again(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    with session:
        session.add(Fee(boat_id=boat.id))
        session.commit()


def entered_again_with_begin(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    with session, session.begin():
        session.add(Fee(boat_id=boat.id))


def closed_by_hand_twice(boat_id):
    session = Session()  # want SES102 warning
    boat = session.get(Boat, boat_id)
    session.close()
    boat = session.merge(boat)
    boat.paid = True
    session.commit()
    session.close()


def commit_on_every_branch(boat_id, guest):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    if guest:
        session.add(Mooring(boat_id=boat.id, nights=1))
        session.commit()
    else:
        session.add(Fee(boat_id=boat.id))
        session.commit()


def commit_or_roll_back(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    try:
        session.add(Fee(boat_id=boat.id))
        session.commit()
    except Exception:
        session.rollback()
        raise


def not_on_every_branch(boat_id, guest):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    session.add(Fee(boat_id=boat.id))  # want SES101
    if guest:
        session.commit()


def read_again_after_the_commit(boat_id):
    with Session() as session:
        boat = session.get(Boat, boat_id)
    session.add(Fee(boat_id=boat.id))
    session.commit()
    return session.scalars(select(Fee)).all()  # want SES101
