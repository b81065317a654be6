class TaskQueue:
    def __init__(self):
        self.session = SessionMaker()

    def ready(self):
        return self.session.scalars(select(Task).where(Task.state == "ready")).all()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.session.close()
