session = SessionMaker()


def ready_tasks():
    return session.scalars(select(Task).where(Task.state == "ready")).all()
