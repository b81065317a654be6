"""Functions that run in threads of their own."""

import logging
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import ThreadPool

from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session, sessionmaker

from bees.db import engine
from bees.models import Hive, Weight

log = logging.getLogger(__name__)
Session = scoped_session(sessionmaker(engine))
executor = ThreadPoolExecutor(4)
jobs = queue.Queue()


def target():
    for hive in Session.scalars(select(Hive)):  # want SES111
        log.info("%s", hive.name)


def target_with_arguments(hive_id):
    log.info("%s", Session.get(Hive, hive_id))  # want SES111


def submitted(hive_id):
    Session.add(Weight(hive_id=hive_id))  # want SES111
    Session.commit()


def mapped(hive_id):
    return Session.scalar(select(func.max(Weight.id)).where(Weight.hive_id == hive_id))  # want SES111


def mapped_by_a_pool(hive_id):
    return Session.scalar(select(func.max(Weight.id)).where(Weight.hive_id == hive_id))  # want SES111


def removed_only_if_nothing_goes_wrong(hive_id):
    log.info("%s", Session.get(Hive, hive_id))  # want SES111
    Session.remove()


def consumer():
    while True:
        hive_id = jobs.get()
        Session.add(Weight(hive_id=hive_id))  # want SES111
        Session.commit()


def called_first():
    log.info("%s", Session().scalars(select(Hive)).all())  # want SES111


class Scale(threading.Thread):
    def run(self):
        log.info("%s", Session.scalars(select(Hive)).all())  # want SES111


class RemovingScale(threading.Thread):
    def run(self):
        try:
            log.info("%s", Session.scalars(select(Hive)).all())
        finally:
            Session.remove()


def removing():
    try:
        for hive in Session.scalars(select(Hive)):
            log.info("%s", hive.name)
    finally:
        Session.remove()


def removing_under_another_name():
    session = Session()
    try:
        log.info("%s", session.scalars(select(Hive)).all())
    finally:
        Session.remove()


def removed_by_its_caller(hive_id):
    log.info("%s", Session.get(Hive, hive_id))


def calls_and_removes(hive_id):
    try:
        removed_by_its_caller(hive_id)
    finally:
        Session.remove()


def removing_consumer():
    while True:
        hive_id = jobs.get()
        try:
            Session.add(Weight(hive_id=hive_id))
            Session.commit()
        finally:
            Session.remove()


def in_a_block():
    with Session() as session:
        log.info("%s", session.scalars(select(Hive)).all())


def removes_in_a_helper():
    try:
        log.info("%s", Session.scalars(select(Hive)).all())
    finally:
        cleanup()


def cleanup():
    Session.remove()


def not_a_thread(hive_id):
    return Session.get(Hive, hive_id)


def does_not_use_it(hive_id):
    log.info("hive %s", hive_id)


def start(ids):
    threading.Thread(target=target).start()
    threading.Thread(target=target_with_arguments, args=(1,), daemon=True).start()
    threading.Timer(60, removed_only_if_nothing_goes_wrong, (1,)).start()
    threading.Thread(target=consumer, daemon=True).start()
    threading.Thread(target=called_first).start()
    threading.Thread(target=removing).start()
    threading.Thread(target=removing_under_another_name).start()
    threading.Thread(target=calls_and_removes, args=(1,)).start()
    threading.Thread(target=removing_consumer, daemon=True).start()
    threading.Thread(target=in_a_block).start()
    threading.Thread(target=removes_in_a_helper).start()
    threading.Thread(target=does_not_use_it, args=(1,)).start()
    executor.submit(submitted, 1)
    executor.map(mapped, ids)
    with ThreadPool(4) as pool:
        pool.map(mapped_by_a_pool, ids)
    return [not_a_thread(hive_id) for hive_id in ids]
