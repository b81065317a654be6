def ready():
    with SessionMaker() as session:
        tasks = session.scalars(select(Task).where(Task.state == "ready"))
    return [task.name for task in tasks]
