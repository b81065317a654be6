"""Changes that are queued on a closed session, which nobody commits."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import sessionmaker

from shop.db import engine
from shop.models import Item, LogEntry, Order

SessionMaker = sessionmaker(bind=engine)


def place_order(item_id):
    with SessionMaker() as session:
        item = session.get(Item, item_id)
        item.stock -= 1
        session.commit()
    session.add(Order(item_id=item_id))  # want SES101


def import_items(rows):
    with SessionMaker() as session:
        known = set(session.scalars(select(Item.code)))
    session.add_all([Item(**row) for row in rows if row["code"] not in known])  # want SES101


def remove_item(item_id):
    with SessionMaker() as session:
        item = session.get(Item, item_id)
    session.delete(item)  # want SES101


def reprice(factor):
    with SessionMaker() as session:
        items = session.scalars(select(Item)).all()
    session.execute(update(Item).values(price=Item.price * factor))  # want SES101
    return len(items)


def forget_orders(before):
    with SessionMaker() as session:
        old = session.query(Order).filter(Order.placed < before).count()
    session.query(Order).filter(Order.placed < before).delete()  # want SES101
    return old


def write_log(lines):
    with SessionMaker() as session:
        session.execute(insert(LogEntry), [{"text": line} for line in lines])
        session.commit()
    session.bulk_save_objects([LogEntry(text="done")])  # want SES101


def replace_item(item):
    with SessionMaker() as session:
        session.execute(delete(Item).where(Item.code == item.code))
        session.commit()
    session.merge(item)  # want SES101


def flushed_is_not_committed(order):
    with SessionMaker() as session:
        session.add(LogEntry(text="order came in"))
        session.commit()
    session.add(order)  # want SES101
    session.flush()


def rolled_back_first(order):
    with SessionMaker() as session:
        session.add(LogEntry(text="order came in"))
        session.rollback()
    session.add(order)  # want SES101


def lost_when_closed_again(order):
    with SessionMaker() as session:
        session.add(LogEntry(text="order came in"))
        session.commit()
    session.add(order)  # want SES101
    session.close()


def committed_after_all(order):
    with SessionMaker() as session:
        session.add(LogEntry(text="order came in"))
        session.commit()
    session.add(order)
    session.commit()


def in_its_block(item_id):
    with SessionMaker() as session:
        item = session.get(Item, item_id)
        item.stock -= 1
        session.add(Order(item_id=item_id))
        session.commit()


def an_empty_list():
    with SessionMaker() as session:
        session.execute(delete(LogEntry))
        session.commit()
    session.expunge_all()
