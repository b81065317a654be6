def add_task(name):
    with SessionMaker() as session:
        task = Task(name=name)
        session.add(task)
        session.commit()
        return task.id
