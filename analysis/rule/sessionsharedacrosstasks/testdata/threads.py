"""Threads, and pools of them."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import repeat
from threading import Thread

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from library.db import engine
from library.models import Book, Loan, Reader
from library.stamps import print_stamp

SessionLocal = sessionmaker(engine)


def loans_of(session: Session, reader_id):
    return session.scalar(select(func.count(Loan.id)).where(Loan.reader_id == reader_id))


def books(session: Session):
    return session.scalar(select(func.count(Book.id)))


def loans_of_their_own(reader_id):
    with SessionLocal() as session:
        return loans_of(session, reader_id)


def submitted(reader_id):
    with SessionLocal() as session, ThreadPoolExecutor() as pool:
        loans = pool.submit(loans_of, session, reader_id)
        total = pool.submit(books, session)  # want SES403
        return loans.result() / total.result()


def submitted_in_a_loop(ids):
    with SessionLocal() as session:
        with ThreadPoolExecutor(max_workers=4) as pool:
            futures = [pool.submit(loans_of, session, i) for i in ids]  # want SES403
        return sum(future.result() for future in futures)


def mapped(session: Session, ids):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda i: loans_of(session, i), ids))  # want SES403


def mapped_partial(session: Session, ids):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(partial(loans_of, session), ids))  # want SES403


def mapped_beside_a_repeat(session: Session, ids):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(loans_of, repeat(session), ids))  # want SES403


def two_threads(session: Session, reader_id):
    one = Thread(target=loans_of, args=(session, reader_id))
    two = Thread(target=books, kwargs={"session": session})  # want SES403
    one.start()
    two.start()
    one.join()
    two.join()


def a_thread_for_each(session: Session, ids):
    threads = [threading.Thread(target=loans_of, args=(session, i)) for i in ids]  # want SES403
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def goes_on_meanwhile(session: Session, reader_id):
    thread = Thread(target=loans_of, args=(session, reader_id))  # want SES403
    thread.start()
    total = books(session)
    thread.join()
    return total


async def in_threads_of_the_loop(session: Session, reader_id):
    return await asyncio.gather(  # want SES403
        asyncio.to_thread(loans_of, session, reader_id),
        asyncio.to_thread(books, session),
    )


async def by_run_in_executor(session: Session, reader_id):
    loop = asyncio.get_running_loop()
    loans = loop.run_in_executor(None, loans_of, session, reader_id)
    total = loop.run_in_executor(None, books, session)  # want SES403
    return await loans / await total


def one_thread(reader_id):
    with SessionLocal() as session:
        thread = Thread(target=loans_of, args=(session, reader_id))
        thread.start()
        print_stamp(reader_id)
        thread.join()


def joined_before_it_goes_on(session: Session, reader_id):
    thread = Thread(target=loans_of, args=(session, reader_id))
    thread.start()
    thread.join()
    return books(session)


def handed_to_one_thread(reader_id):
    # The thread alone uses it, and closes it.
    session = SessionLocal()
    Thread(target=work_off, args=(session, reader_id)).start()


def work_off(session: Session, reader_id):
    try:
        reader = session.get(Reader, reader_id)
        reader.reminded = func.now()
        session.commit()
    finally:
        session.close()


def result_before_the_next(session: Session, ids):
    with ThreadPoolExecutor() as pool:
        return [pool.submit(loans_of, session, i).result() for i in ids]


def each_in_its_own(ids):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(loans_of_their_own, ids))


def each_thread_its_own(ids):
    threads = [Thread(target=loans_of_their_own, args=(i,)) for i in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def rows_go_to_the_pool(session: Session):
    names = session.scalars(select(Reader.name)).all()
    with ThreadPoolExecutor() as pool:
        return list(pool.map(print_stamp, names))


def map_without_threads(session: Session, ids):
    return list(map(partial(loans_of, session), ids))


async def awaited_one_after_the_other(session: Session, reader_id):
    loans = await asyncio.to_thread(loans_of, session, reader_id)
    total = await asyncio.to_thread(books, session)
    return loans / total


async def one_of_the_two_has_it(session: Session, reader_id):
    return await asyncio.gather(
        asyncio.to_thread(loans_of, session, reader_id),
        asyncio.to_thread(print_stamp, reader_id),
    )


def run_in_order(session: Session, jobs):
    for job in jobs:
        job(session)
