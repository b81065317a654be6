def retry_failed():
    with SessionMaker() as session:
        failed = session.scalars(select(Task).where(Task.state == "failed")).all()
        with session.begin():
            for task in failed:
                task.state = "queued"
