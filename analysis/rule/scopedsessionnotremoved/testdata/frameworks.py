"""Requests: the framework removes the session, or is told to."""

import threading

from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker

from bees.db import engine
from bees.models import Hive, Weight

app = Flask(__name__)
db = SQLAlchemy(app)
Session = scoped_session(sessionmaker(engine))


@app.teardown_appcontext
def remove(error=None):
    Session.remove()


@app.route("/hives")
def hives():
    return [hive.name for hive in Session.scalars(select(Hive))]


@app.route("/hives/<int:hive_id>")
def hive(hive_id):
    g.hive = db.session.get(Hive, hive_id)
    return g.hive.name


def in_an_app_context(hive_id):
    # Leaving the context removes the session.
    with app.app_context():
        db.session.add(Weight(hive_id=hive_id))
        db.session.commit()


def start():
    threading.Thread(target=in_an_app_context, args=(1,)).start()
