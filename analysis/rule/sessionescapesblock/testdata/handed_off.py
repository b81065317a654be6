"""Threads, timers and callbacks that run when the block is over."""

import atexit
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi import BackgroundTasks
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from orchard.db import engine
from orchard.models import Apple, Tree

SessionMaker = sessionmaker(engine)
executor = ThreadPoolExecutor(4)


def count(session, tree_id):
    return len(session.scalars(select(Apple).where(Apple.tree_id == tree_id)).all())


def count_in_its_own(tree_id):
    with SessionMaker() as session:
        return count(session, tree_id)


def to_a_thread(tree_id):
    with SessionMaker() as session:
        threading.Thread(target=count, args=(session, tree_id)).start()  # want SES108


def to_a_thread_with_a_name(tree_id):
    with SessionMaker() as session:
        thread = threading.Thread(target=count, kwargs={"session": session, "tree_id": tree_id})  # want SES108
        thread.start()
    return thread


def to_a_timer(tree_id):
    with SessionMaker() as session:
        threading.Timer(60, count, (session, tree_id)).start()  # want SES108


def to_an_executor(tree_id):
    with SessionMaker() as session:
        return executor.submit(count, session, tree_id)  # want SES108


def to_background_tasks(tree_id, background: BackgroundTasks):
    with SessionMaker() as session:
        background.add_task(count, session, tree_id)  # want SES108


def to_the_end_of_the_program():
    with SessionMaker() as session:
        atexit.register(lambda: session.execute(select(Tree)))  # want SES108


def a_partial(tree_id):
    with SessionMaker() as session:
        return functools.partial(count, session, tree_id)  # want SES108


def joined_within(tree_id):
    with SessionMaker() as session:
        thread = threading.Thread(target=count, args=(session, tree_id))
        thread.start()
        thread.join()


def waited_for(tree_id):
    with SessionMaker() as session:
        return executor.submit(count, session, tree_id).result()


def executor_within(tree_id):
    with SessionMaker() as session:
        with ThreadPoolExecutor(1) as own:
            own.submit(count, session, tree_id)


def thread_of_its_own(tree_id):
    threading.Thread(target=count_in_its_own, args=(tree_id,)).start()


def after_the_block(tree_id, background: BackgroundTasks):
    with SessionMaker() as session:
        tree = session.get(Tree, tree_id)
    background.add_task(count_in_its_own, tree.id)


def called_at_once(tree_id):
    with SessionMaker() as session:
        return functools.partial(count, session)(tree_id)


def sorted_by_it(trees):
    with SessionMaker() as session:
        return sorted(trees, key=lambda tree: count(session, tree.id))
