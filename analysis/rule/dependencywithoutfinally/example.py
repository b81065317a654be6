def get_session():
    session = SessionMaker()
    yield session
    session.close()
