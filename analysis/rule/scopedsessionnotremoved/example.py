import threading

from sqlalchemy.orm import scoped_session

session = scoped_session(SessionMaker)


def count_ready():
    print(session.scalar(select(func.count(Task.id)).where(Task.state == "ready")))


threading.Thread(target=count_ready).start()
