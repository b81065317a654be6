"""Objects that are fetched too late, or just in time."""

from contextlib import closing, contextmanager
from itertools import islice

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from orchard.db import engine
from orchard.models import Apple, Tree

SessionLocal = sessionmaker(engine)


def ripe():
    with SessionLocal() as session:
        apples = session.scalars(select(Apple).where(Apple.ripe))
    for apple in apples:  # want SES301
        print(apple.sort)


def all_of(tree_id):
    with SessionLocal() as session:
        result = session.execute(select(Apple).where(Apple.tree_id == tree_id))
    return result.scalars().all()  # want SES301


def the_first(tree_id):
    with Session(engine) as session:
        result = session.scalars(select(Apple).where(Apple.tree_id == tree_id))
    return result.first()  # want SES301


def the_only_one(tree_id):
    with SessionLocal() as session:
        query = select(Tree).where(Tree.id == tree_id)
        result = session.execute(query)
    return result.scalar_one_or_none()  # want SES301


def as_list():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree).order_by(Tree.row))
    return list(trees)  # want SES301


def by_row():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree))
    return {tree.id: tree.row for tree in trees}  # want SES301


def sorted_by_row():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree))
    return sorted(trees, key=lambda tree: tree.row)  # want SES301


def unpacked(tree_id):
    with SessionLocal() as session:
        apples = session.scalars(select(Apple).where(Apple.tree_id == tree_id).limit(2))
    first, second = apples  # want SES301
    return first.weight + second.weight


def unique_ones():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree)).unique()
    return trees.all()  # want SES301


def in_batches():
    with SessionLocal() as session:
        batches = session.scalars(select(Apple).execution_options(yield_per=100)).partitions()
    for batch in batches:  # want SES301
        print(len(batch))


def a_generator_over_it():
    with SessionLocal() as session:
        weights = (apple.weight for apple in session.scalars(select(Apple)))
    return sum(weights)  # want SES301


def mapped_over_it():
    with SessionLocal() as session:
        sorts = map(lambda apple: apple.sort, session.scalars(select(Apple)))
    return set(sorts)  # want SES301


def an_iterator_over_it():
    with SessionLocal() as session:
        apples = iter(session.scalars(select(Apple)))
    return list(islice(apples, 3))  # want SES301


def objects_beside_columns():
    with SessionLocal() as session:
        rows = session.execute(select(Apple.id, Tree).join(Tree))
    return [tree.row for _, tree in rows]  # want SES301


def closed_by_hand():
    session = SessionLocal()  # want SES102 warning
    apples = session.scalars(select(Apple).where(Apple.ripe))
    session.close()
    return apples.all()  # want SES301


def closed_in_finally():
    session = SessionLocal()
    try:
        apples = session.scalars(select(Apple).where(Apple.ripe))
    finally:
        session.close()
    return [apple.sort for apple in apples]  # want SES301


def by_closing():
    with closing(SessionLocal()) as session:
        apples = session.scalars(select(Apple).where(Apple.ripe))
    return [apple.sort for apple in apples]  # want SES301


def by_the_factory():
    with SessionLocal.begin() as session:
        session.execute(update(Apple).values(ripe=True))
        trees = session.scalars(select(Tree))
    return trees.all()  # want SES301


def on_one_way(tree_id):
    with SessionLocal() as session:
        if tree_id is None:
            apples = session.scalars(select(Apple))
        else:
            apples = session.scalars(select(Apple).where(Apple.tree_id == tree_id)).all()
    return [apple.sort for apple in apples]  # want SES301


@contextmanager
def orchard():
    session = SessionLocal()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


def out_of_a_scope():
    with orchard() as session:
        trees = session.scalars(select(Tree))
    return trees.all()  # want SES301


def consumed_inside():
    with SessionLocal() as session:
        apples = session.scalars(select(Apple).where(Apple.ripe)).all()
    return [apple.sort for apple in apples]


def returned_from_inside():
    with SessionLocal() as session:
        apples = session.scalars(select(Apple).where(Apple.ripe))
        return [apple.sort for apple in apples]


def returned_from_the_try():
    session = SessionLocal()
    try:
        return session.scalars(select(Apple).where(Apple.ripe)).all()
    finally:
        session.close()


def the_generator_is_consumed_inside():
    with SessionLocal() as session:
        weights = (apple.weight for apple in session.scalars(select(Apple)))
        total = sum(weights)
    return total


def after_the_begin_block():
    # The session is open until the end of the outer block.
    with SessionLocal() as session:
        with session.begin():
            trees = session.scalars(select(Tree))
        return [tree.row for tree in trees]


def after_a_rollback():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree))
        session.rollback()
        return len(trees.all())


def one_of_another_session():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree)).all()
    with SessionLocal() as session:
        apples = session.scalars(select(Apple).where(Apple.tree_id.in_([tree.id for tree in trees])))
        return apples.all()


def bound_anew():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree))
    trees = []
    return list(trees)


def borrowed(session: Session):
    trees = session.scalars(select(Tree))
    return [tree.row for tree in trees]


def never_read():
    with SessionLocal() as session:
        trees = session.scalars(select(Tree))
    return trees is not None


def counted():
    with SessionLocal() as session:
        count = session.scalar(select(func.count(Tree.id)))
    return count + 1
