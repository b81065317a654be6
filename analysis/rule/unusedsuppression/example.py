def names_of(worker_ids):
    with SessionMaker() as session:
        query = select(Worker.name).where(Worker.id.in_(worker_ids))
        return session.scalars(query).all()  # sessionlint: ignore[use-after-close]
