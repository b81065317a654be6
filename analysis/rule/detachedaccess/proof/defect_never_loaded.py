"""A relationship that nobody loaded cannot be loaded after the close, expired or not."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, sessionmaker
from sqlalchemy.orm.exc import DetachedInstanceError
from stock import connections_out, engine, prove

Mapped = declarative_base()
SessionMaker = sessionmaker(engine, future=True, expire_on_commit=False)


class Crate(Mapped):
    __tablename__ = "crates"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    labels = relationship("Label", back_populates="crate", lazy="select")


class Label(Mapped):
    __tablename__ = "labels"
    id = Column(Integer, primary_key=True)
    text = Column(String)
    crate_id = Column(Integer, ForeignKey("crates.id"))
    crate = relationship("Crate", back_populates="labels")


def labels(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
    return [label.text for label in crate.labels]  # want SES302


def crate_name(label_id):
    with SessionMaker() as session:
        label = session.get(Label, label_id)
    return label.crate.name  # want SES302


def relabelled(label_id, text):
    with SessionMaker() as session:
        label = session.get(Label, label_id)
        label.text = text
        session.commit()
        session.refresh(label)
    return label.text, label.crate  # want SES302


def cannot(call, *args):
    try:
        call(*args)
    except DetachedInstanceError as error:
        return "lazy load operation of attribute" in str(error)
    return False


def proof():
    assert cannot(labels, 1)
    assert cannot(crate_name, 1)
    assert cannot(relabelled, 1, "sweet")
    assert connections_out() == 0


prove(proof)
