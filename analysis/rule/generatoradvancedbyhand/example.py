def get_session():
    with SessionMaker() as session:
        yield session


def ready_tasks():
    session = next(get_session())
    return session.scalars(select(Task).where(Task.state == "ready")).all()
