# sessionlint: ignore-file[SES101, SES201]  # want SES901
"""The script commits in parts, but it no longer reads what it has closed."""

from sqlalchemy.orm import sessionmaker

from library.db import engine
from library.models import Reader

SessionMaker = sessionmaker(engine)


def load(rows):
    with SessionMaker() as session:
        session.add(Reader(name="nobody"))
        session.commit()
        session.add_all([Reader(name=row["name"]) for row in rows])
        session.commit()
