#!/usr/bin/env python
# sessionlint: ignore-file[SES201]
"""A script that commits as it goes."""

from sqlalchemy.orm import sessionmaker

from shop.db import engine

SessionMaker = sessionmaker(engine)


def work(order):
    with SessionMaker() as session:
        session.add(order)
        session.commit()
        order.send()
        session.add(order.receipt)
        session.commit()  # hidden SES201
    session.execute("select 1")  # want SES101


class Later:
    def work(self, order):
        with SessionMaker() as session:
            session.add(order)
            session.commit()
            order.send()
            session.add(order.receipt)
            session.commit()  # hidden SES201
