def register(name):
    with SessionMaker() as session:
        with session.begin():
            session.add(Worker(name=name))
