def next_task():
    with SessionMaker() as session:
        query = select(Task).where(Task.state == "ready").limit(1)
        return session.scalars(query).first()
