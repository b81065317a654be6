"""The same with a finally, or with a with."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove

SessionMaker = sessionmaker(engine, future=True)


def get_session():
    session = SessionMaker()
    try:
        yield session
    finally:
        session.close()


def in_a_block():
    with SessionMaker() as session:
        yield session


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
    for dependency in get_session, in_a_block:
        assert handle(apples, dependency) == 10
        for _ in range(6):
            assert handle(figs, dependency) == "failed"
            assert connections_out() == 0


prove(proof)
