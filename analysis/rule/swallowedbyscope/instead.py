from contextlib import contextmanager


@contextmanager
def session_scope():
    session = SessionMaker()
    try:
        yield session
        session.commit()
    except Exception as error:
        print(error)
        session.rollback()
        raise
    finally:
        session.close()
