def start_task(task_id):
    with SessionMaker() as session:
        task = session.get(Task, task_id)
        task.state = "running"
        session.flush()
