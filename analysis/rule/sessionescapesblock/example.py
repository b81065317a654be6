def ready_tasks():
    with SessionMaker() as session:
        return session.query(Task).filter(Task.state == "ready")
