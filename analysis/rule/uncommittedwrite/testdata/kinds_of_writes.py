"""All that is lost when a session is closed without a commit."""

from contextlib import ExitStack, closing

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Session, sessionmaker
from sqlmodel import Session as ModelSession

from museum.db import engine
from museum.models import Exhibit, Loan, Room, Visit

SessionMaker = sessionmaker(engine)


def added(room_id):
    with SessionMaker() as session:
        session.add(Visit(room_id=room_id))  # want SES206


def added_and_flushed(room_id):
    with Session(engine) as session:
        visit = Visit(room_id=room_id)
        session.add(visit)  # want SES206
        session.flush()
        return visit.id


def added_all(names):
    with SessionMaker() as session:
        session.add_all([Room(name=name) for name in names])  # want SES206


def deleted(loan_id):
    session = SessionMaker()
    try:
        loan = session.get(Loan, loan_id)
        session.delete(loan)  # want SES206
    finally:
        session.close()


def merged(exhibit):
    with SessionMaker() as session:
        session.merge(exhibit)  # want SES206


def attribute_set(exhibit_id):
    with SessionMaker() as session:
        exhibit = session.get(Exhibit, exhibit_id)
        exhibit.state = "lent"  # want SES206


def attribute_counted_up(room_id):
    with SessionMaker() as session:
        room = session.scalars(select(Room).where(Room.id == room_id)).one()
        room.visits += 1  # want SES206
        print(room.name)


def attribute_set_in_a_loop():
    with SessionMaker() as session:
        for loan in session.scalars(select(Loan)).all():
            loan.checked = True  # want SES206


def inserted(rows):
    with SessionMaker() as session:
        session.execute(insert(Visit), rows)  # want SES206


def inserted_and_returned(name):
    with SessionMaker() as session:
        return session.execute(insert(Room).values(name=name).returning(Room.id)).scalar_one()  # want SES206


def updated(room_id):
    with SessionMaker() as session:
        statement = update(Room).where(Room.id == room_id).values(open=False)
        session.execute(statement)  # want SES206


def deleted_by_a_statement(room_id):
    with closing(SessionMaker()) as session:
        session.execute(delete(Visit).where(Visit.room_id == room_id))  # want SES206


def written_as_text(room_id):
    with SessionMaker() as session:
        session.execute(text("UPDATE rooms SET open = false WHERE id = :id"), {"id": room_id})  # want SES206


def upsert(room_id, name):
    with SessionMaker() as session:
        statement = pg_insert(Room).values(id=room_id, name=name)
        session.execute(statement.on_conflict_do_nothing())  # want SES206


def updated_by_a_query(room_id):
    # The number of rows, of which none stays changed.
    with SessionMaker() as session:
        return session.query(Exhibit).filter_by(room_id=room_id).update({"state": "stored"})  # want SES206


def deleted_by_a_query(room_id):
    with SessionMaker() as session:
        return session.query(Visit).filter(Visit.room_id == room_id).delete()  # want SES206


def saved_in_bulk(rows):
    with SessionMaker() as session:
        session.bulk_insert_mappings(Visit, rows)  # want SES206


def with_a_savepoint(room_id):
    # The savepoint is released into a transaction that nobody commits.
    with SessionMaker() as session:
        with session.begin_nested():
            session.add(Visit(room_id=room_id))  # want SES206


def begun_by_hand(room_id):
    session = SessionMaker()
    session.begin()
    session.add(Visit(room_id=room_id))  # want SES206
    session.close()


def not_called(room_id):
    with SessionMaker() as session:
        session.add(Visit(room_id=room_id))  # want SES206
        session.commit


def with_sqlmodel(name):
    with ModelSession(engine) as session:
        session.add(Room(name=name))  # want SES206


def on_a_stack(name):
    with ExitStack() as stack:
        session = stack.enter_context(SessionMaker())
        session.add(Room(name=name))  # want SES206


def one_cause(room_id):
    with SessionMaker() as session:
        room = session.get(Room, room_id)
        room.open = False  # want SES206
        session.add(Visit(room_id=room_id))
        session.execute(delete(Loan))


def the_wrong_one_is_committed(loan_id):
    with SessionMaker() as session, SessionMaker() as archive:
        loan = session.get(Loan, loan_id)
        loan.archived = True  # want SES206
        archive.add(Exhibit(loan_id=loan_id))
        archive.commit()


def committed(room_id):
    with SessionMaker() as session:
        session.add(Visit(room_id=room_id))
        session.commit()


def in_a_begin_block(room_id):
    with SessionMaker() as session, session.begin():
        session.get(Room, room_id).open = False


def of_the_maker(room_id):
    with SessionMaker.begin() as session:
        session.execute(delete(Visit).where(Visit.room_id == room_id))


def transaction_by_hand(room_id):
    with SessionMaker() as session:
        transaction = session.begin()
        session.add(Visit(room_id=room_id))
        transaction.commit()


def committed_as_text(room_id):
    with SessionMaker() as session:
        session.execute(update(Room).where(Room.id == room_id).values(open=False))
        session.execute(text("COMMIT"))


def on_a_stack_with_begin(name):
    with ExitStack() as stack:
        session = stack.enter_context(SessionMaker())
        stack.enter_context(session.begin())
        session.add(Room(name=name))


def savepoint_and_commit(room_id):
    with SessionMaker() as session:
        with session.begin_nested():
            session.add(Visit(room_id=room_id))
        session.commit()


def only_reads(room_id):
    with SessionMaker() as session:
        room = session.get(Room, room_id)
        visits = session.execute(text("SELECT count(*) FROM visits")).scalar()
        statement = update(Room).where(Room.id == room_id)
        print(statement)
        session.flush()
        return {"room": room.name, "visits": visits}


def never_added(room_id):
    with SessionMaker() as session:
        room = session.get(Room, room_id)
        sign = Exhibit(name=f"sign of {room.name}")
        sign.state = "planned"
        totals = {}
        totals[room.id] = 1
        return totals, sign.state
