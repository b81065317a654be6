import requests


def ping(worker_id):
    with SessionMaker() as session:
        worker = session.get(Worker, worker_id)
        response = requests.get(worker.url, timeout=30)
        worker.alive = response.ok
        session.commit()
