"""Bound methods, lambdas and other ways into a pool."""

import asyncio
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from multiprocessing.pool import ThreadPool

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from ledger.db import engine
from ledger.models import Account, Entry
from ledger.pdf import render

SessionLocal = sessionmaker(engine)


def balance(session: Session, account_id):
    return session.scalar(select(func.sum(Entry.amount)).where(Entry.account_id == account_id))


class Report:
    def __init__(self, session: Session):
        self.session = session

    def balance(self, account_id):
        return balance(self.session, account_id)

    def page(self, title):
        return render(title)

    def balances(self, ids):
        with ThreadPoolExecutor() as pool:
            return list(pool.map(self.balance, ids))  # want SES403

    def submitted(self, ids):
        with ThreadPoolExecutor() as pool:
            futures = [pool.submit(self.balance, i) for i in ids]  # want SES403
            return [future.result() for future in as_completed(futures)]

    def pages(self, titles):
        with ThreadPoolExecutor() as pool:
            return list(pool.map(self.page, titles))

    def one_by_one(self, ids):
        return list(map(self.balance, ids))


class IndependentReport:
    def __init__(self, factory: sessionmaker):
        self.factory = factory

    def balance(self, account_id):
        with self.factory() as session:
            return balance(session, account_id)

    def balances(self, ids):
        with ThreadPoolExecutor() as pool:
            return list(pool.map(self.balance, ids))


def submitted_lambdas(session: Session, ids):
    futures = []
    with ThreadPoolExecutor() as pool:
        for account_id in ids:
            futures.append(pool.submit(lambda i=account_id: balance(session, i)))  # want SES403
    return [future.result() for future in futures]


def by_a_thread_pool(session: Session, ids):
    with ThreadPool(4) as pool:
        return pool.map(partial(balance, session), ids)  # want SES403


def starred(session: Session, ids):
    with ThreadPool(4) as pool:
        return pool.starmap(balance, [(session, i) for i in ids])


async def bound_methods(session: Session):
    return await asyncio.gather(  # want SES403
        asyncio.to_thread(session.scalar, select(func.count(Account.id))),
        asyncio.to_thread(session.scalar, select(func.count(Entry.id))),
    )


async def in_the_executor(session: Session, ids):
    loop = asyncio.get_running_loop()
    jobs = [loop.run_in_executor(None, partial(balance, session, i)) for i in ids]  # want SES403
    return await asyncio.gather(*jobs)


async def many_run_syncs(session: AsyncSession, ids):
    return await asyncio.gather(*[session.run_sync(balance, i) for i in ids])  # want SES403


async def run_syncs_in_turn(session: AsyncSession, ids):
    return [await session.run_sync(balance, i) for i in ids]


def one_job(session: Session, account_id):
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(balance, session, account_id)
        return future.result()


def one_job_beside_others(session: Session, account_id, titles):
    with ThreadPoolExecutor() as pool:
        future = pool.submit(balance, session, account_id)
        pages = list(pool.map(render, titles))
    return future.result(), pages


def done_before_the_next(session: Session, one, other):
    with ThreadPoolExecutor() as pool:
        first = pool.submit(balance, session, one).result()
        second = pool.submit(balance, session, other).result()
    return first - second


def sessions_of_their_own(ids):
    def alone(account_id):
        with SessionLocal() as session:
            return balance(session, account_id)

    with ThreadPoolExecutor() as pool:
        return list(pool.map(alone, ids))


def read_before_the_pool(session: Session, ids):
    balances = [balance(session, i) for i in ids]
    with ThreadPoolExecutor() as pool:
        return list(pool.map(render, map(str, balances)))


def read_while_the_pool_prints(session: Session, ids):
    pages = []
    with ThreadPoolExecutor() as pool:
        for account_id in ids:
            pages.append(pool.submit(render, balance(session, account_id)))
    return [page.result() for page in pages]


async def one_thread_for_all(session: Session, ids):
    def all_of_them():
        return [balance(session, i) for i in ids]

    return await asyncio.to_thread(all_of_them)
