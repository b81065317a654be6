"""Many objects, and rows that are none."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import sessionmaker

from bakery.db import engine
from bakery.models import Bread, Oven

SessionLocal = sessionmaker(bind=engine)


def baked(oven_id):
    with SessionLocal() as session:
        breads = session.scalars(select(Bread).where(Bread.oven_id == oven_id)).all()
        for bread in breads:
            bread.baked = True
        session.commit()
    return [bread.name for bread in breads]  # want SES302


def printed(oven_id):
    with SessionLocal() as session:
        breads = session.query(Bread).filter_by(oven_id=oven_id).all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    for bread in breads:
        print(bread.name)  # want SES302


def the_first_of_them(oven_id):
    with SessionLocal.begin() as session:
        breads = list(session.scalars(select(Bread).where(Bread.oven_id == oven_id)))
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
    return breads[0].name  # want SES302


def summed(oven_id):
    with SessionLocal() as session:
        with session.begin():
            breads = session.execute(select(Bread).where(Bread.oven_id == oven_id)).scalars().all()
            session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
    return sum(bread.weight for bread in breads)  # want SES302


def pairs(oven_id):
    with SessionLocal() as session:
        rows = session.execute(select(Bread, Oven).join(Oven).where(Oven.id == oven_id)).all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return [bread.name for bread, oven in rows]  # want SES302


def rows_of_objects(oven_id):
    with SessionLocal() as session:
        row = session.execute(select(Bread).where(Bread.oven_id == oven_id)).one()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return row.Bread.name  # want SES302


def added(names):
    breads = [Bread(name=name) for name in names]
    with SessionLocal() as session:
        session.add_all(breads)
        session.commit()
    return [bread.id for bread in breads]  # want SES302


def the_last_one(ids):
    last = None
    for bread_id in ids:
        with SessionLocal() as session:
            last = session.get(Bread, bread_id)
            last.baked = True
            session.commit()
    if last is None:
        return None
    return last.name  # want SES302


def only_read(oven_id):
    with SessionLocal() as session:
        breads = session.scalars(select(Bread).where(Bread.oven_id == oven_id)).all()
    return [bread.name for bread in breads]


def columns(oven_id):
    with SessionLocal() as session:
        rows = session.execute(select(Bread.id, Bread.name).where(Bread.oven_id == oven_id)).all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return {row.id: row.name for row in rows}


def columns_of_a_query(oven_id):
    with SessionLocal() as session:
        rows = session.query(Bread.id, Bread.name).filter(Bread.oven_id == oven_id).all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return [row.name for row in rows]


def plain_values(oven_id):
    with SessionLocal() as session:
        name = session.scalar(select(Oven.name).where(Oven.id == oven_id))
        count = session.scalar(select(func.count(Bread.id)))
        names = session.scalars(select(Bread.name)).all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return name.title(), count.bit_length(), [n.lower() for n in names]


def mappings(oven_id):
    with SessionLocal() as session:
        rows = session.execute(select(Bread.id, Bread.name)).mappings().all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return [row["name"] for row in rows], rows[0].keys()


def of_a_statement_from_elsewhere(query, oven_id):
    with SessionLocal() as session:
        rows = session.execute(query).all()
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return [row.name for row in rows]


def as_dicts(oven_id):
    with SessionLocal() as session:
        breads = session.scalars(select(Bread).where(Bread.oven_id == oven_id)).all()
        found = [{"id": bread.id, "name": bread.name} for bread in breads]
        session.execute(update(Oven).where(Oven.id == oven_id).values(full=True))
        session.commit()
    return [bread["name"] for bread in found]


def all_touched(names):
    breads = [Bread(name=name) for name in names]
    with SessionLocal() as session:
        session.add_all(breads)
        session.commit()
        ids = [bread.id for bread in breads]
    return dict(zip(ids, (bread.name for bread in breads)))


def all_refreshed(names):
    breads = [Bread(name=name) for name in names]
    with SessionLocal() as session:
        session.add_all(breads)
        session.commit()
        for bread in breads:
            session.refresh(bread)
    return [bread.id for bread in breads]


def read_again(oven_id):
    with SessionLocal() as session:
        breads = session.scalars(select(Bread).where(Bread.oven_id == oven_id)).all()
        for bread in breads:
            bread.baked = True
        session.commit()
        breads = session.scalars(select(Bread).where(Bread.oven_id == oven_id)).all()
    return [bread.name for bread in breads]


def counted_only(oven_id):
    with SessionLocal() as session:
        breads = session.scalars(select(Bread).where(Bread.oven_id == oven_id)).all()
        for bread in breads:
            bread.baked = True
        session.commit()
    return len(breads), bool(breads)
