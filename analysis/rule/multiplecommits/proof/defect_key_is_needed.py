"""A commit for the sake of a primary key."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def store(name, text):
    session = SessionMaker()
    try:
        crate = Crate(name=name)
        session.add(crate)
        session.commit()
        session.add(Label(text=text, crate_id=crate.id))
        session.commit()  # want SES201
        return crate.id
    finally:
        session.close()


def proof():
    assert store("figs", "sweet") == 4
    assert stored("SELECT text FROM labels WHERE crate_id = 4") == [("sweet",)]
    try:
        store("nuts", "ripe")
    except Exception as error:
        assert type(error).__name__ == "IntegrityError"
    # A crate that nobody can tell from the others.
    assert stored("SELECT id FROM crates WHERE name = 'nuts'") == [(5,)]
    assert stored("SELECT text FROM labels WHERE crate_id = 5") == []
    assert connections_out() == 0


prove(proof)
