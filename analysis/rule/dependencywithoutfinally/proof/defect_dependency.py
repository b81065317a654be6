"""An error that is thrown in at the yield, as frameworks do it, goes past the close."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def get_session():
    session = SessionMaker()
    yield session  # want SES104
    session.close()


def handle(request, dependency):
    """Run a request as a framework does."""
    generator = dependency()
    session = next(generator)
    try:
        answer = request(session)
    except Exception as error:
        try:
            generator.throw(error)
        except type(error):
            return "failed"
    next(generator, None)
    return answer


def apples(session):
    return session.execute(select(Crate.count).where(Crate.name == "apples")).scalar()


def figs(session):
    return session.execute(select(Crate.count).where(Crate.name == "figs")).scalar_one()


def proof():
    assert handle(apples, get_session) == 10
    assert connections_out() == 0
    for n in range(1, 6):
        assert handle(figs, get_session) == "failed"
        assert connections_out() == n


prove(proof)
