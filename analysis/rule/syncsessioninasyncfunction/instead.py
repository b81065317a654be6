import asyncio


def count_ready():
    with SessionMaker() as session:
        return session.scalar(select(func.count(Task.id)).where(Task.state == "ready"))


async def ready():
    return await asyncio.to_thread(count_ready)
