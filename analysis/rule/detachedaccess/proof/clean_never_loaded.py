"""A relationship that was loaded in the block can be read after it."""

from sqlalchemy import Column, ForeignKey, Integer, String, select
from sqlalchemy.orm import declarative_base, joinedload, relationship, selectinload, sessionmaker
from stock import connections_out, engine, prove

Mapped = declarative_base()
SessionMaker = sessionmaker(engine, future=True, expire_on_commit=False)


class Crate(Mapped):
    __tablename__ = "crates"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    labels = relationship("Label", back_populates="crate")
    always = relationship("Label", lazy="selectin", viewonly=True)


class Label(Mapped):
    __tablename__ = "labels"
    id = Column(Integer, primary_key=True)
    text = Column(String)
    crate_id = Column(Integer, ForeignKey("crates.id"))
    crate = relationship("Crate", back_populates="labels")


def labels(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id, options=[selectinload(Crate.labels)])
    return [label.text for label in crate.labels]


def crate_name(label_id):
    with SessionMaker() as session:
        query = select(Label).options(joinedload(Label.crate)).where(Label.id == label_id)
        label = session.execute(query).scalar_one()
    return label.crate.name


def relabelled(label_id, text):
    with SessionMaker() as session:
        label = session.get(Label, label_id)
        label.text = text
        session.commit()
        session.refresh(label)
        assert label.crate is not None  # to read it is to load it
    return label.text, label.crate


def touched(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        count = len(crate.labels)
    return count, [label.text for label in crate.labels]


def always(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
    return [label.text for label in crate.always]


def set_by_the_program():
    with SessionMaker() as session:
        crate = Crate(name="figs", labels=[])
        label = Label(text="dried", crate=crate)
        session.add(label)
        session.commit()
    return label.crate.name, len(crate.labels)


def proof():
    assert labels(1) == ["fresh"]
    assert crate_name(1) == "apples"
    text, crate = relabelled(1, "sweet")
    assert (text, crate.name) == ("sweet", "apples")
    assert touched(1) == (1, ["sweet"])
    assert always(1) == ["sweet"]
    assert set_by_the_program() == ("figs", 1)
    assert connections_out() == 0


prove(proof)
