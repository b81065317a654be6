def ready_tasks():
    session = SessionMaker()
    try:
        return session.scalars(select(Task).where(Task.state == "ready")).all()
    finally:
        session.close()
