"""Reads behind the block that closed their session."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def names(least):
    with SessionMaker() as session:
        query = select(Crate.name).where(Crate.count >= least)
    return session.execute(query).scalars().all()


def counted(crate_id):
    with Session(engine) as session:
        crate = session.get(Crate, crate_id)
    # The rest of the stock.
    others = session.scalar(
        select(func.count(Crate.id))
        .where(Crate.id != crate.id)
    )
    return crate.name, others


def looped(least):
    total = 0
    with SessionMaker() as session:
        query = session.query(Crate).filter(Crate.count >= least)
    for crate in query:
        if crate.count == 30:
            continue
        total += crate.count
    else:
        total += 1
    return total


def conditional(text):
    with SessionMaker() as session:
        session.get(Crate, 1)
    if session.scalar(select(Label.id).where(Label.text == text)):
        answer = "known"
    else:
        answer = "new"
    return answer


def early(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
    if crate is None:
        return None
    labels = session.scalars(select(Label.text).where(Label.crate_id == crate_id)).all()
    return crate.name, labels


def behind_a_transaction(crate_id, count):
    with SessionMaker() as session:
        with session.begin():
            session.get(Crate, crate_id).count = count
    total = 0
    for crate in session.scalars(select(Crate)):
        total += crate.count
    return total


def begun_with_the_session(crate_id, count):
    with SessionMaker() as session, session.begin():
        session.get(Crate, crate_id).count = count
    return session.scalars(select(Crate.count).order_by(Crate.id)).all()


def read_as_text(crate_id):
    with SessionMaker() as session:
        name = session.get(Crate, crate_id).name
    title = f"""
{name}
    {session.scalar(select(Crate.count).where(Crate.id == crate_id)):>5}
"""
    return title


def carried(crate_id, found):
    with SessionMaker() as session:
        name = session.get(Crate, crate_id).name
    doubled = [2 * n for n in found]
    counts = session.scalars(select(Crate.count).where(Crate.name != name).order_by(Crate.id)).all()
    return doubled, counts


SAME = [
    ("names", 20),
    ("names", 99),
    ("counted", 1),
    ("counted", 99),
    ("looped", 20),
    ("conditional", "ripe"),
    ("conditional", "sold"),
    ("early", 2),
    ("early", 99),
    ("behind_a_transaction", 1, 7),
    ("behind_a_transaction", 99, 7),
    ("begun_with_the_session", 1, 7),
    ("read_as_text", 3),
    ("carried", 1, [1, 2]),
]
