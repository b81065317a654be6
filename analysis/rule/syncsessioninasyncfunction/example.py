async def ready():
    with SessionMaker() as session:
        return session.scalar(select(func.count(Task.id)).where(Task.state == "ready"))
