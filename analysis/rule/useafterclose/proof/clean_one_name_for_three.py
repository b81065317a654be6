"""The loop stands in a block of its own."""

from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label_all(text):
    with SessionMaker() as session:
        crates = session.execute(select(Crate)).scalars().all()
        before = session.execute(select(func.count(Label.id))).scalar()
    with SessionMaker() as session:
        for crate in crates:
            session.add(Label(text=f"{text} {crate.name}", crate_id=crate.id))
        session.commit()
    with SessionMaker() as session:
        return before, session.execute(select(func.count(Label.id))).scalar()


def proof():
    assert label_all("sold") == (2, 5)
    assert stored("SELECT count(*) FROM labels") == [(5,)]
    assert connections_out() == 0


prove(proof)
