def finish(task_id):
    with SessionMaker() as session:
        with session.begin():
            task = session.get(Task, task_id)
            try:
                with session.begin_nested():
                    task.state = "done"
                    task.collect_results()
            except TimeoutError:
                print(f"task {task_id} is not done")
