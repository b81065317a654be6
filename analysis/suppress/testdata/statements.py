"""Comments behind a statement, and above one."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from shop.db import engine
from shop.models import Order

SessionMaker = sessionmaker(engine)


def behind(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # sessionlint: ignore[use-after-close] # hidden SES101


def behind_another_statement(query):
    with SessionMaker() as session:
        session.execute(query)
    query = query.limit(3)  # sessionlint: ignore[SES101]  # want SES901
    return session.scalars(query).all()  # want SES101


def all_rules(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  #sessionlint:ignore  the report is read once a day # hidden SES101


def on_the_first_line(query):
    with SessionMaker() as session:
        session.execute(query)
    rows = {  # sessionlint: ignore[SES101]
        "orders": session.scalars(query).all(),  # hidden SES101
    }
    return rows


def on_the_last_line(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(  # hidden SES101
        query,
    ).all()  # sessionlint: ignore[SES101]


def between_brackets(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(  # hidden SES101
        # sessionlint: ignore[SES101]
        query,
    ).all()


def behind_a_long_string(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all(), """  # hidden SES101
    # sessionlint: ignore-file
    """  # sessionlint: ignore[SES101]


def above(query):
    with SessionMaker() as session:
        session.execute(query)
    # sessionlint: ignore[SES101] the report is read once a day
    # and says so.
    return session.scalars(query).all()  # hidden SES101


def above_the_wrong_one(query):
    # sessionlint: ignore[SES101]  # want SES901
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # want SES101


def not_directly_above(query):
    with SessionMaker() as session:
        session.execute(query)
    # sessionlint: ignore[SES101]  # want SES901

    return session.scalars(query).all()  # want SES101


def above_a_block(query, wanted):
    with SessionMaker() as session:
        session.execute(query)
    # sessionlint: ignore[SES101]
    if wanted:
        query = query.limit(wanted)

        return session.scalars(query).all()  # hidden SES101
    else:
        return list(session.scalars(query.limit(3)))


def behind_the_head_of_a_block(query, wanted):
    with SessionMaker() as session:
        session.execute(query)
    if wanted:  # sessionlint: ignore[SES101]  # want SES901
        return session.scalars(query).all()  # want SES101


def in_the_clause(query, wanted):
    with SessionMaker() as session:
        session.execute(query)
    try:
        wanted.check()
    # sessionlint: ignore[SES101]
    except ValueError:
        return session.scalars(query).all()  # hidden SES101
    finally:
        wanted.close()


def in_another_clause(query, wanted):
    with SessionMaker() as session:
        session.execute(query)
    if wanted:
        return None
    # sessionlint: ignore[SES101]  # want SES901
    elif query is None:
        query = select(Order)
    else:
        return session.scalars(query).all()  # want SES101


def several(order):
    with SessionMaker() as session:
        session.add(order)
        session.commit()
        order.send()
        session.add(order.receipt)
        # sessionlint: ignore[SES101, multiple-commits]  # want SES901
        session.commit()  # hidden SES201


def of_another_rule(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # sessionlint: ignore[SES201]  # want SES101, SES901


def behind_another_comment(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # type: ignore # sessionlint: ignore[ses101] # hidden SES101


def quoted(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all()  # "# sessionlint: ignore" would hide it  # want SES101


def in_a_string(query):
    with SessionMaker() as session:
        session.execute(query)
    return session.scalars(query).all(), "# sessionlint: ignore[SES101]"  # want SES101
