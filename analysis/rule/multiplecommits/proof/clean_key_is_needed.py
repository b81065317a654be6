"""flush() gives the primary key too."""

from sqlalchemy.orm import sessionmaker
from stock import Crate, Label, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def store(name, text):
    session = SessionMaker()
    try:
        crate = Crate(name=name)
        session.add(crate)
        session.flush()
        session.add(Label(text=text, crate_id=crate.id))
        session.commit()
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
    assert stored("SELECT id FROM crates WHERE name = 'nuts'") == []
    assert connections_out() == 0


prove(proof)
