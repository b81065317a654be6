def start_task(task_id):
    with SessionMaker() as session:
        with session.begin():
            task = session.get(Task, task_id)
            task.state = "running"
