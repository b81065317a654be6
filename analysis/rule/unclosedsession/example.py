def next_task():
    session = SessionMaker()
    query = select(Task).where(Task.state == "ready").limit(1)
    return session.scalars(query).first()
