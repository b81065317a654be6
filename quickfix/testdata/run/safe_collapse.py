"""Several commits of one piece of work."""

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from stock import Crate, Label, engine

SessionMaker = sessionmaker(engine)


def two_changes(crate_id, label):
    with SessionMaker() as session:
        session.get(Crate, crate_id).count = 0
        session.commit()
        session.add(Label(text=label, crate_id=crate_id))
        session.commit()


def primary_key(name, label):
    with SessionMaker() as session:
        crate = Crate(name=name)
        session.add(crate)
        session.commit()
        session.add(Label(text=label, crate_id=crate.id))
        session.commit()
        return crate.id


def server_default(name):
    with SessionMaker() as session:
        crate = Crate(name=name)
        session.add(crate)
        session.commit()
        session.add(Label(text=crate.state, crate_id=crate.id))
        session.commit()


def refreshed(crate_id, label):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count = 5
        session.commit()
        session.refresh(crate)
        session.add(Label(text=label + str(crate.count)))
        session.commit()


def expunged(crate_id, label):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count = 5
        session.commit()
        session.expunge(crate)
        session.add(Label(text=label))
        session.commit()


def replaced(label_id, label):
    with SessionMaker() as session:
        session.delete(session.get(Label, label_id))
        session.commit()
        session.add(Label(id=label_id, text=label))
        session.commit()


def deleted_and_asked_for(label_id):
    with SessionMaker() as session:
        session.delete(session.get(Label, label_id))
        session.commit()
        if session.get(Label, label_id) is None:
            session.add(Label(text="gone"))
        session.commit()


def added_and_deleted(label):
    with SessionMaker() as session:
        new = Label(text=label)
        session.add(new)
        session.commit()
        session.delete(new)
        session.commit()


def textual(label):
    with SessionMaker() as session:
        session.add(Label(text=label))
        session.commit()
        session.execute(text("UPDATE crates SET count = (SELECT count(*) FROM labels)"))
        session.commit()


def textual_and_read(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        session.execute(text("UPDATE crates SET count = count + 1"))
        session.commit()
        crate.state = str(crate.count)
        session.commit()


def expression(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count = Crate.count + 1
        session.commit()
        if crate.count > 10:
            crate.state = "full"
        session.commit()


def coerced(crate_id, count):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count = count
        session.commit()
        crate.state = "many" if crate.count == 12 else "few"
        session.commit()


def locked(crate_id):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        crate.count += 1
        session.commit()
        crate = session.execute(select(Crate).where(Crate.id == crate_id).with_for_update()).scalar()
        crate.state = str(crate.count)
        session.commit()


def bulk(name, labels):
    with SessionMaker() as session:
        session.add(Crate(id=9, name=name))
        session.commit()
        session.bulk_save_objects([Label(text=t, crate_id=9) for t in labels])
        session.commit()


def unflushed(label):
    with SessionMaker(autoflush=False) as session:
        session.add(Label(text=label))
        session.commit()
        for found in session.scalars(select(Label)):
            found.crate_id = 3
        session.commit()


def early_return(crate_id, label):
    with SessionMaker() as session:
        crate = session.get(Crate, crate_id)
        if crate is None:
            return None
        crate.count = 0
        session.commit()
        if not label:
            return False
        session.add(Label(text=label))
        session.commit()
        return True


def branches(crate_id, big):
    with SessionMaker() as session:
        session.add(Label(text="seen", crate_id=crate_id))
        session.commit()
        if big:
            session.get(Crate, crate_id).count = 99
            session.commit()
        else:
            session.get(Crate, crate_id).count = 1
            session.commit()


def missing_added(name):
    with SessionMaker() as session:
        crate = session.scalars(select(Crate).where(Crate.name == name)).first()
        if crate is None:
            crate = Crate(name=name)
            session.add(crate)
            session.commit()
        crate.count = 1
        session.commit()
        return crate.id


def handled(label):
    with SessionMaker() as session:
        session.add(Label(text="tried"))
        session.commit()
        try:
            session.add(Label(text=label))
            session.commit()
        except IntegrityError:
            return "known"
        return "new"


def closed_by_hand(crate_id, label):
    session = Session(engine)
    try:
        session.get(Crate, crate_id).count = 0
        session.commit()
        session.add(Label(text=label))
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


SAME = [
    ("two_changes", 1, "sold"),
    ("two_changes", 99, "sold"),
    ("primary_key", "figs", "sweet"),
    ("server_default", "figs"),
    ("refreshed", 1, "sold"),
    ("expunged", 1, "sold"),
    ("replaced", 1, "sold"),
    ("deleted_and_asked_for", 1),
    ("added_and_deleted", "sold"),
    ("textual", "sold"),
    ("textual_and_read", 1),
    ("expression", 1),
    ("coerced", 1, "12"),
    ("locked", 1),
    ("bulk", "figs", ["a", "b"]),
    ("unflushed", "sold"),
    ("early_return", 1, "sold"),
    ("early_return", 1, None),
    ("early_return", 99, None),
    ("branches", 1, True),
    ("branches", 1, False),
    ("missing_added", "figs"),
    ("missing_added", "plums"),
    ("handled", "sold"),
    ("handled", "ripe"),
    ("closed_by_hand", 1, "sold"),
]

MENDED = [
    ("two_changes", 1, "ripe"),
    ("primary_key", "figs", "ripe"),
    ("expunged", 1, "ripe"),
    ("closed_by_hand", 1, "ripe"),
]
