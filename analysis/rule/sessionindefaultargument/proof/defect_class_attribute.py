"""All objects share the session of their class."""

from sqlalchemy.orm import Session
from stock import Crate, connections_out, engine, prove, stored


class Crates:
    session = Session(engine, future=True)  # want SES106

    def rename(self, crate_id, name):
        self.session.get(Crate, crate_id).name = name

    def save(self):
        self.session.commit()

    def name(self, crate_id):
        return self.session.get(Crate, crate_id).name


def proof():
    mine, yours = Crates(), Crates()
    mine.rename(1, "figs")
    yours.save()
    assert stored("SELECT name FROM crates WHERE id = 1") == [("figs",)]
    assert yours.name(1) == "figs"
    del mine, yours
    assert connections_out() == 1


prove(proof)
