def register(name):
    session = SessionMaker()
    with session.begin():
        session.add(Worker(name=name))
        session.close()
