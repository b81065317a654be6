"""A file in which nothing is to be reported."""

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
    session.execute("select 1")  # hidden SES101


# sessionlint: ignore-file
