"""A commit for each row costs a SELECT for each, and a failure leaves a part."""

from sqlalchemy import event, select
from sqlalchemy.orm import sessionmaker
from stock import Crate, connections_out, engine, prove, stored

SessionMaker = sessionmaker(engine, future=True)


def pack(count):
    with SessionMaker() as session:
        for crate in session.execute(select(Crate).order_by(Crate.id)).scalars().all():
            crate.count = crate.id * count
            session.commit()  # want SES202


def fill_up(counts):
    with SessionMaker() as session:
        for crate_id, count in counts.items():
            session.get(Crate, crate_id).pack(count)
            session.commit()  # want SES202


def sent(function, *arguments):
    """How many SELECTs and COMMITs a call sends."""
    selects, commits = [], []

    def before(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            selects.append(statement)

    def committed(connection):
        commits.append(connection)

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", committed)
    function(*arguments)
    event.remove(engine, "before_cursor_execute", before)
    event.remove(engine, "commit", committed)
    return len(selects), len(commits)


def proof():
    # The rows, and the second and the third of them again.
    assert sent(pack, 2) == (3, 3)
    assert stored("SELECT count FROM crates ORDER BY id") == [(2,), (4,), (6,)]
    try:
        fill_up({1: 50, 2: 500, 3: 70})
        error = None
    except OverflowError as caught:
        error = caught
    assert error is not None
    assert stored("SELECT count FROM crates ORDER BY id") == [(50,), (4,), (6,)]
    assert connections_out() == 0


prove(proof)
