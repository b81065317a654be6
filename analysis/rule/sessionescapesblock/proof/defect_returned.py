"""What leaves the block works, and its connection does not come back."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def opened():
    with SessionMaker() as session:
        return session  # want SES108


def crates(least):
    with SessionMaker() as session:
        return session.query(Crate).filter(Crate.count >= least).order_by(Crate.id)  # want SES108


def finder():
    with SessionMaker() as session:
        return lambda crate_id: session.get(Crate, crate_id)  # want SES108


def states():
    with SessionMaker() as session:
        return (session.get(Crate, n).state for n in (1, 2))  # want SES108


def name(crate_id):
    return opened().get(Crate, crate_id).name


def proof():
    assert name(1) == "apples"
    assert connections_out() == 1
    assert [crate.name for crate in crates(20)] == ["pears", "plums"]
    assert connections_out() == 2
    assert finder()(3).name == "plums"
    assert connections_out() == 3
    assert list(states()) == ["new", "new"]
    assert connections_out() == 4


prove(proof)
