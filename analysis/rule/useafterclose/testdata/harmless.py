"""What may be done with a closed session: it neither connects nor writes."""

from sqlalchemy import inspect, select
from sqlalchemy.orm import object_session, sessionmaker

from bakery.db import engine
from bakery.models import Bread, Oven

Session = sessionmaker(engine)


def asks_about_it(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    assert session.is_active
    assert not session.in_transaction()
    return bread in session, len(session.new), session.dirty, session.deleted


def closes_twice(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
        session.close()
    session.close()
    return bread


def rolls_back_nothing(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    session.rollback()
    return bread


def commits_nothing(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    session.commit()
    return bread


def flushes_nothing(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    session.flush()
    return bread


def lets_objects_go(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
        session.expunge_all()
    session.expunge_all()
    session.expire_all()
    return bread.name


def looks_at_its_bind():
    with Session() as session:
        session.scalars(select(Bread)).all()
    return session.get_bind().dialect.name, session.info, session.identity_map


def runs_through_it():
    with Session() as session:
        session.scalars(select(Bread)).all()
    return [type(o) for o in session]


def builds_a_query():
    with Session() as session:
        session.scalars(select(Bread)).all()
    query = session.query(Bread).filter(Bread.sour)
    return query.statement


def passes_results_on():
    with Session() as session:
        rows = session.execute(select(Bread.name, Bread.price)).all()
        first = session.scalars(select(Bread)).first()
    return dict(rows), first.name


def inspects_objects(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    return object_session(bread), inspect(bread).detached, session.is_modified(bread)


def reset_and_invalidate(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    session.reset()
    session.invalidate()
    return bread


def compares_and_prints():
    with Session() as session:
        oven = session.scalars(select(Oven)).one()
    print(session, repr(session), session is None, bool(session))
    return oven.heat


def no_autoflush_block(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    with session.no_autoflush:
        bread.name = "rye"
    return bread


def sets_a_detached_object(bread_id):
    with Session() as session:
        bread = session.get(Bread, bread_id)
    bread.name = "rye"
    return bread
