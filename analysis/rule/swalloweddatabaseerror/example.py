from sqlalchemy.exc import IntegrityError


def ensure_worker(name):
    with SessionMaker() as session:
        session.add(Worker(name=name))
        try:
            session.commit()
        except IntegrityError:
            print(f"{name} is there already")
        return session.scalar(select(Worker.id).where(Worker.name == name))
