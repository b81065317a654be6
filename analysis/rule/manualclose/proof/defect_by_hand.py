"""What is left open after its last commit has given its connection back, unless the commit fails."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from stock import Label, connections_out, engine, prove, stored


def label(text):
    session = Session(engine, future=True)  # want SES113
    session.add(Label(text=text))
    session.commit()


def proof():
    label("sold")
    assert stored("SELECT text FROM labels WHERE id > 2") == [("sold",)]
    assert connections_out() == 0
    try:
        label("sold")
    except IntegrityError:
        assert connections_out() == 1
    else:
        raise AssertionError("there are two of them")


prove(proof)
