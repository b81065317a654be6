"""A closed session that is taken up again for a whole piece of work, in a try."""

from sqlalchemy.orm import sessionmaker

from press.db import engine
from press.models import Article

Session = sessionmaker(engine)


def committed_and_closed(title):
    session = Session()  # want SES102 warning
    session.add(Article(title=title))
    session.commit()
    session.close()
    try:
        session.add(Article(title=title + " again"))
        session.commit()
    finally:
        session.close()


def committed_in_a_with(title):
    with Session() as session:
        session.get(Article, title)
    with session:
        session.add(Article(title=title + " again"))
        session.commit()
