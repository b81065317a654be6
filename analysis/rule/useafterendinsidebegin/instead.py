def assign(task_id, worker_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Task, task_id).worker_id = worker_id
            session.add(Event(task_id=task_id, text="assigned"))
