"""Sessions of other libraries, and sessions that are not this function's."""

import aiohttp
import boto3
import httpx
import neo4j
import requests
from cassandra.cluster import Cluster
from flask import session as flask_session
from flask_sqlalchemy import SQLAlchemy
from pyspark.sql import SparkSession
from sqlalchemy import select
from sqlalchemy.orm import object_session

from shelter.keys import Session
from shelter.models import Cat

db = SQLAlchemy()


class ApiSession(requests.Session):
    def request(self, method, url, **kwargs):
        return super().request(method, url, timeout=5, **kwargs)


def download(url):
    session = requests.Session()
    return session.get(url).json()


def download_by_a_subclass(url):
    session = ApiSession()
    return session.get(url).json()


async def fetch(url):
    session = aiohttp.ClientSession()
    return await session.get(url)


def post(url):
    session = httpx.Client()
    return session.post(url)


def upload(path):
    session = boto3.Session()
    return session.resource("s3").Bucket("cats").upload_file(path, path)


def graph(driver: neo4j.Driver):
    session = driver.session()
    return session.execute_read(list)


def columns():
    session = Cluster().connect("shelter")
    return session.execute("SELECT name FROM cats").all()


def table():
    session = SparkSession.builder.getOrCreate()
    return session.sql("SELECT name FROM cats").first()


def cookie():
    return flask_session.get("cat")


def unlocked(pin):
    # Nothing tells that this Session is one of a database.
    session = Session(pin)
    return session.get("key")


def of_the_request(name):
    return db.session.scalars(select(Cat).where(Cat.name == name)).all()


def of_the_object(cat):
    session = object_session(cat)
    return session.scalars(select(Cat).where(Cat.mother_id == cat.id)).all()


def of_the_caller(session, name):
    db_session = session
    return db_session.scalars(select(Cat).where(Cat.name == name)).all()


def a_row_that_is_called_session(conference):
    session = conference.sessions[0]
    return session.query("title")
