def retry_failed():
    with SessionMaker() as session:
        with session.begin():
            failed = session.scalars(select(Task).where(Task.state == "failed")).all()
            for task in failed:
                task.state = "queued"
