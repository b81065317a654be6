"""A with block closes its session on every way out."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from stock import Label, connections_out, engine, prove, stored


def label(text):
    with Session(engine, future=True) as session:
        session.add(Label(text=text))
        session.commit()


def proof():
    label("sold")
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]
    assert connections_out() == 0
    try:
        label("sold")
    except IntegrityError:
        assert connections_out() == 0
    else:
        raise AssertionError("there are two of them")


prove(proof)
