def ready_tasks(session=None):
    if session is not None:
        return session.scalars(select(Task).where(Task.state == "ready")).all()
    with SessionMaker() as session:
        return ready_tasks(session)
