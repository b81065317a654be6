def requeue():
    with SessionMaker() as session:
        for task in session.scalars(select(Task).where(Task.state == "lost")):
            task.state = "queued"
        session.commit()
