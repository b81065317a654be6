def ready_tasks():
    with SessionMaker() as session:
        return session.scalars(select(Task).where(Task.state == "ready")).all()
