"""What is started inside has everything; a Query has nothing yet."""

from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from archive.db import engine
from archive.models import Box, Paper

SessionLocal = sessionmaker(engine)


def first_row_inside():
    with SessionLocal() as session:
        papers = session.scalars(select(Paper).order_by(Paper.date))
        oldest = next(papers)
    return oldest.title, [paper.title for paper in papers]


def some_rows_inside():
    with SessionLocal() as session:
        result = session.execute(select(Paper).order_by(Paper.date))
        first = result.fetchmany(10)
    return first, result.all()


def left_with_break():
    with SessionLocal() as session:
        papers = session.scalars(select(Paper).order_by(Paper.date))
        for paper in papers:
            if paper.sealed:
                break
    return list(papers)


def head_and_tail():
    with SessionLocal() as session:
        papers = iter(session.scalars(select(Paper)))
        head = list(islice(papers, 3))
    return head, list(papers)


def one_row_inside():
    with SessionLocal() as session:
        result = session.execute(select(Paper).order_by(Paper.date))
        row = result.fetchone()
        if row is None:
            return []
    return [row, *result]


def started_on_one_way(peek):
    with SessionLocal() as session:
        papers = session.scalars(select(Paper).order_by(Paper.date))
        if peek:
            print(next(papers).title)
    return [paper.title for paper in papers]  # want SES301


def started_the_other():
    with SessionLocal() as session:
        boxes = session.scalars(select(Box))
        papers = session.scalars(select(Paper))
        first = next(boxes)
    return first, papers.all()  # want SES301


def started_too_late():
    with SessionLocal() as session:
        papers = session.scalars(select(Paper))
    first = next(papers)  # want SES301
    return first, papers.all()


def a_query_runs_now():
    with SessionLocal() as session:
        papers = session.query(Paper).order_by(Paper.date)
    return [paper.title for paper in papers]  # want SES101


def rows_of_a_query():
    with SessionLocal() as session:
        papers = session.query(Paper).all()
    return iter(papers)


def executed_after_it():
    with SessionLocal() as session:
        query = select(Paper)
    papers = session.scalars(query)  # want SES101
    return papers.all()


def executed_inside_and_kept():
    with SessionLocal() as session:
        found = []
        for box in session.scalars(select(Box)):
            found.append(box)
    return [box.shelf for box in found]


def collected_in_a_loop(ids):
    found = []
    with SessionLocal() as session:
        for box_id in ids:
            found.extend(session.scalars(select(Paper).where(Paper.box_id == box_id)))
    return [paper.title for paper in found]
