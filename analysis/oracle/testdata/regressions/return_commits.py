# A return out of a begin block commits; an exception rolls back.
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from shop.models import Item
from shop.rules import Rejected, allowed

engine = create_engine("sqlite:///shop.db")


def job(done):
    with Session(engine) as session, session.begin():
        session.add(Item(name="r1"))
        if done:
            return 1
        if allowed(1):
            raise Rejected("not now")
