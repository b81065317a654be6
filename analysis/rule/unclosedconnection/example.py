def count_ready():
    connection = engine.connect()
    query = select(func.count()).select_from(Task).where(Task.state == "ready")
    return connection.scalar(query)
