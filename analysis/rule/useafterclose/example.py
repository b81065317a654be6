def next_task(worker_id):
    with SessionMaker() as session:
        with session.begin():
            worker = session.get(Worker, worker_id)
            worker.seen = func.now()
    query = select(Task).where(Task.state == "ready").limit(1)
    return session.scalars(query).first()
