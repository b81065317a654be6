"""What every tool for unclosed resources is asked, asked of connections."""

from sqlalchemy import select

from zoo.db import engine
from zoo.tables import animals, keepers
from zoo.tickets import check


def opened_and_forgotten():
    conn = engine.connect()  # want SES109
    conn.execute(select(animals.c.id)).all()


def opened_then_closed():
    conn = engine.connect()  # want SES109 warning
    conn.execute(select(animals.c.id)).all()
    conn.close()


def opened_with_with():
    with engine.connect() as conn:
        conn.execute(select(animals.c.id)).all()


def opened_before_the_with():
    conn = engine.connect()
    with conn:
        conn.execute(select(animals.c.id)).all()


def opened_used_and_then_in_a_with():
    conn = engine.connect()  # want SES109 warning
    conn.execute(select(animals.c.id)).all()
    with conn:
        conn.execute(select(keepers.c.id)).all()


def opened_and_returned():
    conn = engine.connect()
    conn.execute(select(animals.c.id)).all()
    return conn


def opened_by_another_and_closed():
    conn = opened_and_returned()
    try:
        conn.execute(select(keepers.c.id)).all()
    finally:
        conn.close()


def opened_by_another_and_forgotten():
    conn = opened_and_returned()  # want SES109
    conn.execute(select(keepers.c.id)).all()


def closed_if(done):
    conn = engine.connect()  # want SES109
    conn.execute(select(animals.c.id)).all()
    if done:
        conn.close()


def closed_if_it_is_none():
    conn = engine.connect()  # want SES109
    conn.execute(select(animals.c.id)).all()
    if conn is None:
        conn.close()


def closed_if_it_is_not_none():
    conn = engine.connect()
    try:
        conn.execute(select(animals.c.id)).all()
    finally:
        if conn is not None:
            conn.close()


def closed_if_it_is_there():
    conn = None
    try:
        conn = engine.connect()
        conn.execute(select(animals.c.id)).all()
    finally:
        if conn:
            conn.close()


def closed_if_nothing_was_found():
    conn = engine.connect()  # want SES109
    herd = conn.execute(select(animals.c.id)).all()
    if not herd:
        conn.close()
    return herd


def closed_by_the_same_condition(wanted):
    conn = None
    if wanted:
        conn = engine.connect()
    try:
        if wanted:
            conn.execute(select(animals.c.id)).all()
    finally:
        if wanted:
            conn.close()


def closed_by_another_condition(wanted, tidy):
    conn = None
    if wanted:
        conn = engine.connect()  # want SES109
        conn.execute(select(animals.c.id)).all()
    if tidy and conn is not None:
        conn.close()


def opened_on_one_branch(wanted):
    if wanted:
        conn = engine.connect()
    else:
        conn = engine.connect().execution_options(isolation_level="REPEATABLE READ")
    try:
        conn.execute(select(animals.c.id)).all()
    finally:
        conn.close()


def two_and_one_closed():
    first = engine.connect()  # want SES109
    second = engine.connect()
    try:
        first.execute(select(animals.c.id)).all()
        second.execute(select(keepers.c.id)).all()
    finally:
        second.close()


def two_and_both_closed():
    first = engine.connect()
    second = engine.connect()
    try:
        first.execute(select(animals.c.id)).all()
        second.execute(select(keepers.c.id)).all()
    finally:
        first.close()
        second.close()


def two_in_one_with():
    with engine.connect() as first, engine.connect() as second:
        first.execute(select(animals.c.id)).all()
        second.execute(select(keepers.c.id)).all()


def reopened():
    conn = engine.connect()
    try:
        conn.execute(select(animals.c.id)).all()
    finally:
        conn.close()
    conn = engine.connect()  # want SES109
    conn.execute(select(keepers.c.id)).all()


def closed_twice():
    conn = engine.connect()
    try:
        conn.execute(select(animals.c.id)).all()
    finally:
        conn.close()
        conn.close()


def closed_through_an_alias():
    conn = engine.connect()
    other = conn
    try:
        conn.execute(select(animals.c.id)).all()
    finally:
        other.close()


def other_is_closed():
    conn = engine.connect()  # want SES109
    other = engine.connect()
    conn.execute(select(animals.c.id)).all()
    other.close()


def swapped():
    first = engine.connect()
    second = engine.connect()  # want SES109
    first, second = second, first
    first.execute(select(animals.c.id)).all()
    second.close()


def close_without_a_call():
    conn = engine.connect()  # want SES109
    conn.execute(select(animals.c.id)).all()
    conn.close


def in_a_conditional_expression(wanted):
    conn = engine.connect() if wanted else None
    try:
        return conn.execute(select(animals.c.id)).all() if conn else []
    finally:
        if conn:
            conn.close()


def checked_between(keeper_id):
    conn = engine.connect()  # want SES109 warning
    keeper = conn.execute(select(keepers).where(keepers.c.id == keeper_id)).first()
    check(keeper)
    conn.close()
