def ready_tasks():
    query = select(Task).where(Task.state == "ready")
    with SessionMaker() as session:
        return session.scalars(query).all()
