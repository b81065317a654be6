from contextlib import contextmanager


def get_session():
    with SessionMaker() as session:
        yield session


def ready_tasks():
    with contextmanager(get_session)() as session:
        return session.scalars(select(Task).where(Task.state == "ready")).all()
