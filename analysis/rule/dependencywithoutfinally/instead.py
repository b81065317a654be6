def get_session():
    session = SessionMaker()
    try:
        yield session
    finally:
        session.close()
