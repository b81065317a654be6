import requests


def ping(worker_id):
    with SessionMaker() as session:
        url = session.scalar(select(Worker.url).where(Worker.id == worker_id))
    response = requests.get(url, timeout=30)
    with SessionMaker() as session:
        session.get(Worker, worker_id).alive = response.ok
        session.commit()
