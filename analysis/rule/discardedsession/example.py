def ready_tasks():
    query = select(Task).where(Task.state == "ready")
    return SessionMaker().scalars(query).all()
