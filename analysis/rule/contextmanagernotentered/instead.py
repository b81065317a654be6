def finish_task(task_id):
    with SessionMaker.begin() as session:
        session.get(Task, task_id).state = "done"
