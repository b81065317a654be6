"""Two commits in one turn of a loop."""

import time

from sqlalchemy.orm import sessionmaker

from feed.db import engine
from feed.models import Entry, Feed, Run

Session = sessionmaker(engine)


def twice_per_turn(urls):
    with Session() as session:
        for url in urls:
            feed = Feed(url=url)
            session.add(feed)
            session.commit()  # want SES202
            session.add(Entry(feed_id=feed.id))
            session.commit()  # want SES201, SES202


def twice_per_turn_for_ever():
    with Session() as session:
        while True:
            feed = Feed()
            session.add(feed)
            session.commit()
            session.add(Entry(feed_id=feed.id))
            session.commit()  # want SES201
            time.sleep(1)


def before_the_loop(urls):
    with Session() as session:
        session.add(Run(feeds=len(urls)))
        session.commit()
        for url in urls:
            session.add(Feed(url=url))
            session.commit()  # want SES202
