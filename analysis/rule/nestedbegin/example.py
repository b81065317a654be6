def finish(task_id):
    with SessionMaker() as session:
        with session.begin():
            session.get(Task, task_id).state = "done"
            with session.begin():
                session.add(Event(task_id=task_id, text="done"))
