"""Sessions that live as long as a request."""

from fastapi import FastAPI, Request
from sqlalchemy.orm import scoped_session, sessionmaker

from shelter.db import engine
from shelter.models import Visit

app = FastAPI()
SessionLocal = sessionmaker(engine)
registry = scoped_session(SessionLocal)


@app.middleware("http")
async def skipped_when_the_view_raises(request: Request, call_next):
    session = SessionLocal()  # want SES102 warning
    request.state.db = session
    response = await call_next(request)
    session.close()
    return response


@app.middleware("http")
async def on_the_state_only(request: Request, call_next):
    request.state.db = SessionLocal()  # want SES102 warning
    response = await call_next(request)
    request.state.db.close()
    return response


@app.middleware("http")
async def closed_in_finally(request: Request, call_next):
    request.state.db = SessionLocal()
    try:
        return await call_next(request)
    finally:
        request.state.db.close()


@app.middleware("http")
async def in_a_block(request: Request, call_next):
    with SessionLocal() as session:
        request.state.db = session
        return await call_next(request)


@app.middleware("http")
async def removed_from_the_registry(request: Request, call_next):
    try:
        return await call_next(request)
    finally:
        registry.remove()


class Counter:
    """A middleware of the older kind."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        session = SessionLocal()
        try:
            session.add(Visit(path=environ["PATH_INFO"]))
            session.commit()
        finally:
            session.close()
        return self.app(environ, start_response)


def kept_for_the_framework(request):
    session = SessionLocal()
    request.add_finished_callback(lambda _: session.close())
    request.visits = len(session.query(Visit).all())
    return session


def kept_for_aiohttp(request):
    session = SessionLocal()
    request["session"] = session
    request["visits"] = session.query(Visit).count()
