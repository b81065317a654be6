def fail_task(task_id, message):
    with SessionMaker() as session:
        task = session.get(Task, task_id)
        task.error = message
        session.commit()
        task.workflow.stop()
        session.add(Event(task_id=task_id, text="stopped"))
        session.commit()
