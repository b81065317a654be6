"""What may take long."""

import os
import smtplib
import subprocess
import time
import urllib.request

import boto3
import httpx
import openai
import requests
from celery import Celery, shared_task
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from gallery.db import engine
from gallery.models import Image, Print

SessionMaker = sessionmaker(engine)
Keeping = sessionmaker(engine, expire_on_commit=False)
s3 = boto3.client("s3")
llm = openai.OpenAI()
celery = Celery("gallery")


@celery.task
def make_thumbnail(image_id):
    print(image_id)


@shared_task
def make_poster(image_id):
    print(image_id)


def fetched(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        image.data = requests.get(image.url, timeout=60).content  # want SES210
        session.commit()


def posted(image_id):
    with Session(engine) as session:
        image = session.get(Image, image_id)
        response = httpx.post("https://prints.example/orders", json={"url": image.url})  # want SES210
        image.order = response.json()["id"]
        session.commit()


def of_a_client(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        with httpx.Client() as client:
            image.data = client.get(image.url).content  # want SES210
        session.commit()


def of_a_session_of_requests(image_id):
    http = requests.Session()
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        image.data = http.get(image.url).content  # want SES210
        session.commit()


def opened(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        with urllib.request.urlopen(image.url) as response:  # want SES210
            image.data = response.read()
        session.commit()


def waited(image_id):
    with SessionMaker() as session:
        while session.scalar(select(Image.state).where(Image.id == image_id)) != "ready":
            time.sleep(1)  # want SES210


def converted(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        subprocess.run(["convert", image.path, image.path + ".png"], check=True)  # want SES210
        image.path += ".png"
        session.commit()


def converted_by_the_shell(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        os.system(f"convert {image.id} {image.id}.png")  # want SES210
        image.converted = True
        session.commit()


def mailed(print_id, message):
    with SessionMaker() as session:
        order = session.get(Print, print_id)
        order.mailed = True
        with smtplib.SMTP("localhost") as smtp:  # want SES210
            smtp.send_message(message)
        session.commit()


def uploaded(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        s3.upload_file(image.path, "images", f"{image.id}.png")  # want SES210
        image.stored = True
        session.commit()


def described(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        answer = llm.chat.completions.create(  # want SES210
            model="small",
            messages=[{"role": "user", "content": f"Describe {image.url}"}],
        )
        image.text = answer.choices[0].message.content
        session.commit()


def queued(url):
    with SessionMaker() as session:
        image = Image(url=url)
        session.add(image)
        session.flush()
        make_thumbnail.delay(image.id)  # want SES210
        session.commit()


def queued_with_options(url):
    with SessionMaker() as session, session.begin():
        image = Image(url=url)
        session.add(image)
        session.flush()
        make_poster.apply_async(args=[image.id], countdown=10)  # want SES210


def several(image_id):
    # The first one is told; the others wait in the same transaction.
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        image.data = requests.get(image.url, timeout=60).content  # want SES210
        time.sleep(1)
        requests.post("https://prints.example/orders", timeout=60)
        session.commit()


def before_the_first_query(url):
    data = requests.get(url, timeout=60).content
    with SessionMaker() as session:
        session.add(Image(url=url, data=data))
        session.commit()


def in_the_block_before_the_first_query(url):
    with SessionMaker() as session:
        data = requests.get(url, timeout=60).content
        session.add(Image(url=url, data=data))
        session.commit()


def with_a_query_that_is_not_run(image_id):
    with SessionMaker() as session:
        statement = select(Image).where(Image.id == image_id)
        query = session.query(Print).filter_by(image_id=image_id)
        time.sleep(1)
        return session.scalars(statement).one(), query.count()


def only_added(url):
    # add() takes no connection.
    with SessionMaker() as session:
        image = Image(url=url)
        session.add(image)
        image.data = requests.get(url, timeout=60).content
        session.commit()


def begun_only(url):
    # Neither does begin().
    with SessionMaker() as session:
        with session.begin():
            data = requests.get(url, timeout=60).content
            session.add(Image(url=url, data=data))


def after_the_commit(url):
    with SessionMaker() as session:
        session.add(Image(url=url))
        session.commit()
        requests.post("https://prints.example/orders", json={"url": url}, timeout=60)


def after_the_begin_block(image_id):
    with SessionMaker() as session:
        with session.begin():
            session.execute(update(Image).where(Image.id == image_id).values(state="new"))
        make_thumbnail.delay(image_id)


def after_the_rollback(image_id):
    with SessionMaker() as session:
        url = session.scalar(select(Image.url).where(Image.id == image_id))
        session.rollback()
        return requests.get(url, timeout=60).content


def after_the_close(image_id):
    session = SessionMaker()
    try:
        image = session.get(Image, image_id)
    finally:
        session.close()
    return requests.get(image.url, timeout=60).content


def after_the_block(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
    return requests.get(image.url, timeout=60).content


def expired_by_the_commit(image_id):
    # Reading image.url takes a connection again.
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        image.state = "seen"
        session.commit()
        requests.post(image.url, timeout=60)  # want SES210


def not_expired_by_the_commit(image_id):
    with Keeping() as session:
        image = session.get(Image, image_id)
        image.state = "seen"
        session.commit()
        requests.post(image.url, timeout=60)


def fast_calls(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        image.seen = time.time()
        image.request = requests.Request("GET", image.url).prepare().url
        image.path = os.path.join("images", str(image.id))
        session.commit()


def names_of_errors(image_id):
    with SessionMaker() as session:
        image = session.get(Image, image_id)
        try:
            image.check()
        except (requests.RequestException, smtplib.SMTPException, subprocess.CalledProcessError) as error:
            raise RuntimeError(image_id) from error
        session.commit()


def another_session_holds_nothing(image_id):
    with SessionMaker() as session, SessionMaker() as notes:
        url = session.scalar(select(Image.url).where(Image.id == image_id))
        session.rollback()
        notes.add(Print(image_id=image_id))
        data = requests.get(url, timeout=60).content
        notes.commit()
        return data
