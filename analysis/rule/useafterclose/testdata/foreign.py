"""Sessions of other libraries, and things that are only called session."""

import aiohttp
import boto3
import httpx
import neo4j
import onnxruntime
import requests
from django.contrib.sessions.backends.db import SessionStore
from flask import session as flask_session
from paramiko import Transport
from pyspark.sql import SparkSession
from sqlalchemy import select
from tensorflow.compat.v1 import Session as TensorSession

from weather.keys import Session, open_session
from weather.models import Reading


def download(url):
    with requests.Session() as session:
        first = session.get(url)
    return session.get(first.headers["location"])


async def fetch(url):
    async with aiohttp.ClientSession() as session:
        await session.get(url)
    await session.close()
    return await session.get(url)


def post(url, body):
    session = httpx.Client()
    session.post(url, json=body)
    session.close()
    return session.delete(url)


def upload(bucket, path):
    session = boto3.Session()
    session.resource("s3").Bucket(bucket).upload_file(path, path)
    return session.client("s3").close()


def stations(driver: neo4j.Driver):
    with driver.session() as session:
        session.run("MATCH (s:Station) RETURN s")
    return session.execute_read(list)


def predict(model, values):
    session = onnxruntime.InferenceSession(model)
    return session.run(None, {"x": values})


def forecast(graph, fetches):
    with TensorSession(graph=graph) as session:
        session.run(fetches)
    return session.run(fetches)


def average(table):
    spark = SparkSession.builder.getOrCreate()
    spark.stop()
    return spark.sql(f"SELECT avg(value) FROM {table}").first()


def remember(reading):
    flask_session.clear()
    flask_session["last"] = reading
    return flask_session.get("last")


def django_session(key):
    session = SessionStore(session_key=key)
    session.flush()
    return session.get("user")


def over_ssh(host, command):
    transport = Transport((host, 22))
    session = transport.open_session()
    session.close()
    return session.exec_command(command)


def of_another_kind(pin):
    # Nothing tells that this Session is one of a database.
    with Session(pin) as session:
        key = session.get("key")
    return session.execute(key)


def by_a_function(pin):
    with open_session(pin) as session:
        key = session.get("key")
    return session.execute(key)


def a_statement_alone(station):
    return select(Reading).where(Reading.station == station)
