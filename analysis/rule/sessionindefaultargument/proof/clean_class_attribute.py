"""Each object has a session of its own, and closes it."""

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, stored


class Crates:
    def __init__(self):
        self.session = Session(engine, future=True)

    def rename(self, crate_id, name):
        self.session.get(Crate, crate_id).name = name

    def save(self):
        self.session.commit()

    def name(self, crate_id):
        return self.session.get(Crate, crate_id).name

    def close(self):
        self.session.close()


def proof():
    mine, yours = Crates(), Crates()
    mine.rename(1, "figs")
    yours.save()
    assert stored("SELECT name FROM crates WHERE id = 1") == [("apples",)]
    assert yours.name(1) == "apples"
    mine.close()
    yours.close()
    assert connections_out() == 0


prove(proof)
