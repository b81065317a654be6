def fail_task(task_id, message):
    with SessionMaker() as session:
        with session.begin():
            task = session.get(Task, task_id)
            task.error = message
            task.workflow.stop()
            session.add(Event(task_id=task_id, text="stopped"))
