"""commit() of something else."""

import sqlite3

import git
import psycopg2
from confluent_kafka import Consumer
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from museum.db import engine
from museum.models import Exhibit

Session = sessionmaker(engine)


def of_sqlite(path):
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO exhibits DEFAULT VALUES")
    connection.commit()
    connection.execute("DELETE FROM loans")
    connection.commit()


def of_psycopg(dsn):
    with psycopg2.connect(dsn) as connection:
        connection.cursor().execute("DELETE FROM loans")
        connection.commit()
        connection.cursor().execute("DELETE FROM exhibits")
        connection.commit()


def of_a_repository(path):
    repo = git.Repo(path)
    repo.index.add(["a"])
    repo.index.commit("one")
    repo.index.add(["b"])
    repo.index.commit("two")


def of_a_queue(topic):
    consumer = Consumer({"group.id": topic})
    with Session() as session:
        session.add(Exhibit(name=consumer.poll().value()))
        session.commit()
        consumer.commit()


def of_a_core_connection():
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("DELETE FROM loans"))
        connection.commit()
        connection.execute(text("DELETE FROM exhibits"))
        connection.commit()


def of_an_unknown_unit(unit_of_work, exhibit):
    with unit_of_work:
        unit_of_work.add(exhibit)
        unit_of_work.commit()
        unit_of_work.add(exhibit.copy())
        unit_of_work.commit()


def in_another_function(exhibit_id):
    with Session() as session:
        session.get(Exhibit, exhibit_id).shown = True
        session.commit()

        def later():
            with Session() as other:
                other.get(Exhibit, exhibit_id).shown = False
                other.commit()

        return later
