"""Columns may come, or may not: that is for the driver to say."""

from sqlalchemy import column, delete, func, insert, select, table, text, update
from sqlalchemy.orm import sessionmaker

from depot.db import engine
from depot.models import Bus, Line

Session = sessionmaker(bind=engine)


def plates():
    with Session() as session:
        rows = session.execute(select(Bus.id, Bus.plate))
    return {row.id: row.plate for row in rows}  # want SES301 warning


def seats():
    with Session() as session:
        seats = session.scalars(select(Bus.seats))
    return sum(seats)  # want SES301 warning


def by_line():
    with Session() as session:
        rows = session.execute(select(Bus.line_id, func.count()).group_by(Bus.line_id))
    return dict(rows.all())  # want SES301 warning


def raw():
    with Session() as session:
        rows = session.execute(text("SELECT plate FROM buses"))
    return [plate for (plate,) in rows]  # want SES301 warning


def as_mappings():
    with Session() as session:
        rows = session.execute(select(Bus.plate, Bus.seats)).mappings()
    return rows.all()  # want SES301 warning


def counted():
    with Session() as session:
        result = session.execute(select(func.count(Bus.id)))
    return result.scalar_one()  # want SES301 warning


def of_a_statement_from_elsewhere(query):
    with Session() as session:
        result = session.execute(query)
    return result.all()  # want SES301 warning


def objects_all_the_same(line_id):
    with Session() as session:
        rows = session.execute(select(Bus.plate, Line).join(Line))
    return [(plate, line.name) for plate, line in rows if line.id == line_id]  # want SES301


def all_inside():
    with Session() as session:
        rows = session.execute(select(Bus.id, Bus.plate)).all()
    return {row.id: row.plate for row in rows}


def one_value():
    with Session() as session:
        count = session.execute(select(func.count(Bus.id))).scalar_one()
    return count


def rows_that_were_changed():
    with Session() as session:
        result = session.execute(update(Bus).values(washed=True))
        session.commit()
    return result.rowcount


def rows_that_were_deleted(line_id):
    with Session.begin() as session:
        result = session.execute(delete(Bus).where(Bus.line_id == line_id))
    if result.rowcount == 0:
        raise LookupError(line_id)


def key_of_the_new_row(plate):
    with Session.begin() as session:
        result = session.execute(insert(Bus).values(plate=plate))
    return result.inserted_primary_key


def names_of_the_columns():
    with Session() as session:
        result = session.execute(select(Bus.id, Bus.plate))
        print(result.all())
    return list(result.keys())


def put_away():
    with Session() as session:
        result = session.execute(select(Bus.id))
    result.close()


def frozen():
    with Session() as session:
        result = session.execute(select(Bus.id, Bus.plate)).freeze()
    return result().all()


def of_a_table():
    buses = table("buses", column("plate"))
    with Session() as session:
        return session.execute(select(buses)).all()
