def ready_tasks(session=SessionMaker()):
    return session.scalars(select(Task).where(Task.state == "ready")).all()
