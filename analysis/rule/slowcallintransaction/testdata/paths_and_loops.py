"""Where the connection is held when the call is made."""

import subprocess
import time

import requests
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from crawler.db import engine
from crawler.models import Failure, Page

SessionMaker = sessionmaker(engine)


def download(url):
    return requests.get(url, timeout=30).text


def waited_for(session: Session, page_id):
    for _ in range(10):
        if session.scalar(select(Page.done).where(Page.id == page_id)):
            return True
        time.sleep(1)  # want SES210
    return False


def over_loaded_pages():
    with SessionMaker() as session:
        for page in session.scalars(select(Page).where(Page.text.is_(None))).all():
            page.text = requests.get(page.url, timeout=30).text  # want SES210
        session.commit()


def page_by_page(page_ids):
    for page_id in page_ids:
        with SessionMaker() as session:
            page = session.get(Page, page_id)
            page.text = requests.get(page.url, timeout=30).text  # want SES210
            session.commit()


def in_a_helper(page_id):
    with SessionMaker() as session:
        page = session.get(Page, page_id)
        page.text = download(page.url)  # want SES210
        session.commit()


def on_one_branch(page_id):
    with SessionMaker() as session:
        page = session.get(Page, page_id)
        if page.text is None:
            page.text = requests.get(page.url, timeout=30).text  # want SES210
        session.commit()


def in_a_try(page_id):
    with SessionMaker() as session:
        page = session.get(Page, page_id)
        try:
            page.text = requests.get(page.url, timeout=30).text  # want SES210
        except requests.RequestException as error:
            session.add(Failure(page_id=page_id, text=str(error)))
        session.commit()


def in_a_begin_block(page_id):
    with SessionMaker.begin() as session:
        page = session.get(Page, page_id)
        page.text = requests.get(page.url, timeout=30).text  # want SES210


def polled():
    with SessionMaker() as session:
        while True:
            for page in session.scalars(select(Page).where(Page.text.is_(None))).all():
                print(page.url)
            time.sleep(60)  # want SES210


def in_a_transaction_of_its_own(page_id):
    with SessionMaker() as session:
        session.execute(update(Page).where(Page.id == page_id).values(state="loading"))
        session.commit()
        url = session.scalar(select(Page.url).where(Page.id == page_id))
        text = requests.get(url, timeout=30).text  # want SES210
    return text


def polled_and_released():
    with SessionMaker() as session:
        while True:
            for page in session.scalars(select(Page).where(Page.text.is_(None))).all():
                print(page.url)
            session.rollback()
            time.sleep(60)


def polled_with_a_session_each():
    while True:
        with SessionMaker() as session:
            for page in session.scalars(select(Page).where(Page.text.is_(None))).all():
                print(page.url)
        time.sleep(60)


def over_columns():
    with SessionMaker() as session:
        rows = session.execute(select(Page.id, Page.url).where(Page.text.is_(None))).all()
    texts = {row.id: requests.get(row.url, timeout=30).text for row in rows}
    with SessionMaker.begin() as session:
        for page_id, text in texts.items():
            session.get(Page, page_id).text = text


def over_columns_of_a_released_session():
    with SessionMaker() as session:
        rows = session.execute(select(Page.id, Page.url).where(Page.text.is_(None))).all()
        session.commit()
        for row in rows:
            text = requests.get(row.url, timeout=30).text
            with session.begin():
                session.get(Page, row.id).text = text


def helper_before_the_session(page_id, url):
    text = download(url)
    with SessionMaker.begin() as session:
        session.get(Page, page_id).text = text


def attempts(page_id, text):
    with SessionMaker() as session:
        for attempt in range(3):
            try:
                session.get(Page, page_id).text = text
                session.commit()
                return True
            except OperationalError:
                session.rollback()
                time.sleep(attempt)
        return False


def returned_before(page_id, url):
    with SessionMaker() as session:
        if url is None:
            return session.get(Page, page_id)
        return requests.get(url, timeout=30).text


def raised_before(page_id, url):
    with SessionMaker() as session:
        if session.get(Page, page_id) is not None:
            raise ValueError(page_id)
        session.rollback()
        text = subprocess.check_output(["fetch", url], text=True)
        session.add(Page(id=page_id, text=text))
        session.commit()


def defined_for_later(page_id):
    with SessionMaker() as session:
        url = session.scalar(select(Page.url).where(Page.id == page_id))

        def later():
            return requests.get(url, timeout=30).text

    return later


def committed_in_a_helper(page_id):
    with SessionMaker() as session:
        page = session.get(Page, page_id)
        url = page.url
        mark(session, page)
        return requests.get(url, timeout=30).text


def mark(session: Session, page):
    page.state = "loading"
    session.commit()
