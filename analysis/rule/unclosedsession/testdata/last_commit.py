"""A commit or a rollback gives the connection back; what is done after it may take one again."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from forum.db import engine
from forum.models import Post, Topic

SessionLocal = sessionmaker(engine)


def read_after_the_commit(topic_id, text):
    session = SessionLocal()  # want SES102
    session.add(Post(topic_id=topic_id, text=text))
    session.commit()
    return session.scalar(select(func.count(Post.id)).where(Post.topic_id == topic_id))


def refreshed_after_the_commit(topic_id, text):
    session = SessionLocal()  # want SES102
    post = Post(topic_id=topic_id, text=text)
    session.add(post)
    session.commit()
    session.refresh(post)
    return post


def expired_attribute_after_the_commit(topic_id, text):
    session = SessionLocal()  # want SES102
    post = Post(topic_id=topic_id, text=text)
    session.add(post)
    session.commit()
    return post.id


def commit_on_one_branch(topic_id, text):
    session = SessionLocal()  # want SES102
    topic = session.get(Topic, topic_id)
    if topic is not None:
        session.add(Post(topic_id=topic_id, text=text))
        session.commit()


def flush_is_no_commit(topic_id, text):
    session = SessionLocal()  # want SES102
    session.add(Post(topic_id=topic_id, text=text))  # want SES206
    session.flush()


def statement_that_nobody_commits(topic_id):
    session = SessionLocal()  # want SES102
    session.execute(update(Post).where(Post.topic_id == topic_id).values(hidden=True))  # want SES206


def savepoint_alone(topic_id, text):
    session = SessionLocal()  # want SES102
    with session.begin_nested():
        session.add(Post(topic_id=topic_id, text=text))  # want SES206


def committed_last(topic_id, text):
    session = SessionLocal()
    session.add(Post(topic_id=topic_id, text=text))
    session.commit()


def rolled_back_last(text):
    session = SessionLocal()
    try:
        return session.scalars(select(Post.id).where(Post.text == text)).all()
    finally:
        session.rollback()


def read_in_a_transaction_of_its_own(topic_id):
    session = Session(engine)
    with session.begin():
        return session.scalar(select(func.count(Post.id)).where(Post.topic_id == topic_id))


def begun_and_left(topic_id, text):
    session = SessionLocal()
    with session.begin():
        session.add(Post(topic_id=topic_id, text=text))


def only_harmless_after(topic_id, text):
    session = SessionLocal()
    session.add(Post(topic_id=topic_id, text=text))
    session.commit()
    session.expunge_all()
    return session.in_transaction()


def not_expired(topic_id, text):
    session = Session(engine, expire_on_commit=False)
    post = Post(topic_id=topic_id, text=text)
    session.add(post)
    session.commit()
    return post.id


def queued_only(text):
    # Nothing was sent to the database: no connection, but no row either.
    session = SessionLocal()
    session.add(Post(text=text))  # want SES206


def committed_on_both_branches(topic_id, text):
    session = SessionLocal()
    if text:
        session.add(Post(topic_id=topic_id, text=text))
        session.commit()
    else:
        session.add(Topic(id=topic_id))
        session.commit()
