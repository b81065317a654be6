def finish_task(task_id):
    session = SessionMaker.begin()
    session.get(Task, task_id).state = "done"
