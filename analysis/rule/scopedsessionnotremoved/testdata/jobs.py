"""Jobs of a queue, which run in workers of their own."""

from celery import Celery, shared_task
from sqlalchemy.orm import scoped_session, sessionmaker

from bees.db import engine
from bees.models import Weight

celery = Celery("bees")
Session = scoped_session(sessionmaker(engine))


@celery.task
def weigh(hive_id):
    Session.add(Weight(hive_id=hive_id))  # want SES111
    Session.commit()


@shared_task(bind=True)
def weigh_again(self, hive_id):
    Session.add(Weight(hive_id=hive_id))  # want SES111
    Session.commit()


@shared_task
def weigh_and_remove(hive_id):
    try:
        Session.add(Weight(hive_id=hive_id))
        Session.commit()
    finally:
        Session.remove()


@shared_task
def weigh_in_a_block(hive_id):
    with Session() as session:
        session.add(Weight(hive_id=hive_id))
        session.commit()


def weigh_now(hive_id):
    Session.add(Weight(hive_id=hive_id))
    Session.commit()


@celery.task
def weigh_all(ids):
    try:
        for hive_id in ids:
            weigh_now(hive_id)
    finally:
        Session.remove()
