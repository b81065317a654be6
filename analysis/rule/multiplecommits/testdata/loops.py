"""What one turn of a loop commits is a piece of work of its own."""

import time

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker

from feed.db import engine
from feed.models import Entry, Feed, Run

Session = sessionmaker(engine)


def once_per_turn(urls):
    with Session() as session:
        for url in urls:
            session.add(Feed(url=url))
            session.commit()  # want SES202


def in_batches(entries):
    with Session() as session:
        for n, entry in enumerate(entries):
            session.add(Entry(**entry))
            if n % 500 == 499:
                session.commit()
        session.commit()


def worker():
    with Session() as session:
        while True:
            for feed in session.scalars(select(Feed)):
                feed.fetched = True
            session.commit()
            time.sleep(60)


def retried(url):
    with Session() as session:
        for _ in range(3):
            try:
                session.add(Feed(url=url))
                session.commit()
                break
            except OperationalError:
                session.rollback()


def retried_while(url):
    done = False
    with Session() as session:
        while not done:
            try:
                session.add(Feed(url=url))
                session.commit()
            except OperationalError:
                session.rollback()
            else:
                done = True


def a_session_each(urls):
    for url in urls:
        with Session() as session:
            session.add(Feed(url=url))
            session.commit()


def twice_per_turn_of_its_own(urls):
    for url in urls:
        with Session() as session:
            feed = Feed(url=url)
            session.add(feed)
            session.commit()
            session.add(Entry(feed_id=feed.id))
            session.commit()  # want SES201


def before_and_after(urls):
    with Session() as session:
        run = Run(feeds=len(urls))
        session.add(run)
        session.commit()
        for url in urls:
            session.add(Feed(url=url))
        run.done = True
        session.commit()  # want SES201


def collected_first(urls):
    with Session() as session:
        for url in urls:
            session.add(Feed(url=url))
        session.add(Run(feeds=len(urls)))
        session.commit()
