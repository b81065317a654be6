"""Three blocks bind one name in turn, and a loop between them uses the closed one."""

from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label_all(text):
    with SessionMaker() as session:
        crates = session.execute(select(Crate)).scalars().all()
    with SessionMaker() as session:
        before = session.execute(select(func.count(Label.id))).scalar()
    for crate in crates:
        session.add(Label(text=f"{text} {crate.name}", crate_id=crate.id))  # want SES101
    with SessionMaker() as session:
        return before, session.execute(select(func.count(Label.id))).scalar()


def proof():
    assert label_all("sold") == (2, 2)
    assert stored("SELECT count(*) FROM labels") == [(2,)]
    assert connections_out() == 0


prove(proof)
