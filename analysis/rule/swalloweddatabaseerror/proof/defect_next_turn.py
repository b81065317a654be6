"""After a failed flush the session is refused until it is rolled back."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def label_each(texts):
    with SessionMaker() as session:
        for text in texts:
            try:
                session.add(Label(text=text))
                session.flush()
            except IntegrityError:  # want SES207
                continue
        session.commit()


def get_or_create(name):
    with SessionMaker() as session:
        session.add(Crate(name=name))
        try:
            session.commit()
        except IntegrityError:  # want SES207
            print(end="")
        return session.execute(select(Crate.id).where(Crate.name == name)).scalar_one()


def still_out(text):
    with SessionMaker() as session:
        session.add(Label(text=text))
        try:
            session.flush()
        except IntegrityError:  # want SES207
            out = connections_out()
        else:
            out = 0
        session.add(Label(text="after " + text))
        try:
            session.commit()
        except Exception as error:
            return out, type(error).__name__
        return out, None


def raised(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__ + str(error)[:79]


def proof():
    told = "PendingRollbackErrorThis Session's transaction has been rolled back due to a previous exception dur"
    assert raised(label_each, ["a", "ripe", "b"]) == told
    assert stored("SELECT text FROM labels ORDER BY text") == [("fresh",), ("ripe",)]
    assert get_or_create("figs") == 4
    assert raised(get_or_create, "figs") == told
    assert still_out("ripe") == (1, "PendingRollbackError")
    assert stored("SELECT text FROM labels ORDER BY text") == [("fresh",), ("ripe",)]
    assert connections_out() == 0


prove(proof)
