def count_ready():
    with engine.connect() as connection:
        query = select(func.count()).select_from(Task).where(Task.state == "ready")
        return connection.scalar(query)
