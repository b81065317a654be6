"""How to call each member that the method table has a row for.

A call is given the object and the things it may need: things.crate, a crate
that the object has loaded (or another did, if it has loaded none), things.new,
one that nothing knows of, and things.write, which is set to have a statement
write instead of read. What is not here is called without arguments.
"""

from sqlalchemy import insert, select, text
from stock import Crate, Label
from subjects import AsyncSession, async_engine, engine

try:
    from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL as LABELS
except ImportError:
    from sqlalchemy.sql.selectable import LABEL_STYLE_TABLENAME_PLUS_COL as LABELS


def statement(things):
    return insert(Label).values(text="written") if things.write else select(Crate.id)


def core_statement(things):
    return insert(Label.__table__).values(text="written") if things.write else text("SELECT 1")


def bind_of(session):
    return async_engine if isinstance(session, AsyncSession) else engine


def no_autoflush(session, things):
    with session.no_autoflush:
        pass


def property_of(name):
    return lambda owner, things: getattr(owner, name)


def plain(name):
    return lambda owner, things: getattr(owner, name)()


SESSION = {
    "add": lambda s, c: s.add(c.new),
    "add_all": lambda s, c: s.add_all([c.new]),
    "bulk_insert_mappings": lambda s, c: s.bulk_insert_mappings(Crate, [{"name": "bulk"}]),
    "bulk_save_objects": lambda s, c: s.bulk_save_objects([Crate(name="bulk")]),
    "bulk_update_mappings": lambda s, c: s.bulk_update_mappings(Crate, [{"id": 2, "count": 3}]),
    "delete": lambda s, c: s.delete(c.crate),
    "delete_all": lambda s, c: s.delete_all([c.crate]),
    "enable_relationship_loading": lambda s, c: s.enable_relationship_loading(c.new),
    "execute": lambda s, c: s.execute(statement(c)),
    "exec": lambda s, c: s.exec(statement(c)),
    "expire": lambda s, c: s.expire(c.crate),
    "expunge": lambda s, c: s.expunge(c.crate),
    "get": lambda s, c: s.get(Crate, 3),
    "get_one": lambda s, c: s.get_one(Crate, 3),
    "identity_key": lambda s, c: s.identity_key(Crate, 1),
    "is_modified": lambda s, c: s.is_modified(c.crate),
    "merge": lambda s, c: s.merge(Crate(id=2, count=5)),
    "merge_all": lambda s, c: s.merge_all([Crate(id=2, count=5)]),
    "object_session": lambda s, c: s.object_session(c.crate),
    "bind_mapper": lambda s, c: s.bind_mapper(Crate, bind_of(s)),
    "bind_table": lambda s, c: s.bind_table(Crate.__table__, bind_of(s)),
    "query": lambda s, c: s.query(Crate),
    "refresh": lambda s, c: s.refresh(c.crate),
    "run_sync": lambda s, c: s.run_sync(lambda inner: inner.execute(select(Crate.id)).all()),
    "scalar": lambda s, c: s.scalar(statement(c)),
    "scalars": lambda s, c: s.scalars(statement(c)),
    "stream": lambda s, c: s.stream(statement(c)),
    "stream_scalars": lambda s, c: s.stream_scalars(statement(c)),
    "no_autoflush": no_autoflush,
    "__contains__": lambda s, c: c.crate in s,
    "__iter__": lambda s, c: list(s),
    "__call__": lambda s, c: s(),
}

QUERY = {
    "add_column": lambda q, c: q.add_column(Crate.id),
    "add_columns": lambda q, c: q.add_columns(Crate.id),
    "add_entity": lambda q, c: q.add_entity(Label),
    "autoflush": lambda q, c: q.autoflush(False),
    "correlate": lambda q, c: q.correlate(Crate),
    "enable_assertions": lambda q, c: q.enable_assertions(False),
    "enable_eagerloads": lambda q, c: q.enable_eagerloads(False),
    "except_": lambda q, c: q.except_(q),
    "except_all": lambda q, c: q.except_all(q),
    "execution_options": lambda q, c: q.execution_options(note="x"),
    "filter": lambda q, c: q.filter(Crate.id > 0),
    "filter_by": lambda q, c: q.filter_by(id=1),
    "from_statement": lambda q, c: q.from_statement(select(Crate)),
    "get": lambda q, c: q.get(2),
    "group_by": lambda q, c: q.group_by(Crate.id),
    "having": lambda q, c: q.group_by(Crate.id).having(Crate.id > 0),
    "instances": lambda q, c: q.instances(q.session.connection().execute(q.statement)),
    "intersect": lambda q, c: q.intersect(q),
    "intersect_all": lambda q, c: q.intersect_all(q),
    "join": lambda q, c: q.join(Crate.labels),
    "label": lambda q, c: q.with_entities(Crate.id).label("x"),
    "limit": lambda q, c: q.limit(1),
    "merge_result": lambda q, c: q.merge_result([], load=False),
    "offset": lambda q, c: q.offset(1),
    "one": lambda q, c: q.filter(Crate.id == 1).one(),
    "one_or_none": lambda q, c: q.filter(Crate.id == 1).one_or_none(),
    "only_return_tuples": lambda q, c: q.only_return_tuples(True),
    "order_by": lambda q, c: q.order_by(Crate.id),
    "outerjoin": lambda q, c: q.outerjoin(Crate.labels),
    "params": lambda q, c: q.params(x=1),
    "prefix_with": lambda q, c: q.prefix_with("DISTINCT"),
    "scalar": lambda q, c: q.filter(Crate.id == 1).scalar(),
    "select_entity_from": lambda q, c: q.select_entity_from(select(Crate).subquery()),
    "select_from": lambda q, c: q.select_from(Crate),
    "set_label_style": lambda q, c: q.set_label_style(LABELS),
    "slice": lambda q, c: q.slice(0, 1),
    "suffix_with": lambda q, c: q.suffix_with("x"),
    "union": lambda q, c: q.union(q),
    "union_all": lambda q, c: q.union_all(q),
    "update": lambda q, c: q.update({"count": 1}),
    "value": lambda q, c: q.value(Crate.id),
    "values": lambda q, c: q.values(Crate.id),
    "where": lambda q, c: q.where(Crate.id > 0),
    "with_entities": lambda q, c: q.with_entities(Crate.id),
    "with_hint": lambda q, c: q.with_hint(Crate, "x"),
    "with_parent": lambda q, c: q.session.query(Label).with_parent(c.crate, Crate.labels),
    "with_polymorphic": lambda q, c: q.with_polymorphic("*"),
    "with_session": lambda q, c: q.with_session(q.session),
    "with_statement_hint": lambda q, c: q.with_statement_hint("x"),
    "with_transformation": lambda q, c: q.with_transformation(lambda inner: inner),
    "yield_per": lambda q, c: q.yield_per(2),
    "__getitem__[0]": lambda q, c: q[0],
    "__getitem__[0:2]": lambda q, c: q[0:2],
    "__iter__": lambda q, c: list(q),
}

RESULT = {
    "columns": lambda r, c: r.columns(0),
    "fetchmany": lambda r, c: r.fetchmany(1),
    "one": lambda r, c: r.one(),
    "partitions": lambda r, c: list(r.partitions(2)),
    "yield_per": lambda r, c: r.yield_per(1),
    "__iter__": lambda r, c: list(r),
}


class Iteration:
    """What is read with async for."""

    def __init__(self, iterator):
        self.iterator = iterator

    async def all(self):
        return [item async for item in self.iterator]


ASYNC_RESULT = {
    **RESULT,
    "partitions": lambda r, c: Iteration(r.partitions(2)),
    "__aiter__": lambda r, c: Iteration(r),
}

CONNECTION = {
    "commit_prepared": lambda n, c: n.commit_prepared("x"),
    "rollback_prepared": lambda n, c: n.rollback_prepared("x"),
    "exec_driver_sql": lambda n, c: n.exec_driver_sql("SELECT 1"),
    "execute": lambda n, c: n.execute(core_statement(c)),
    "execution_options": lambda n, c: n.execution_options(note="x"),
    "run_callable": lambda n, c: n.run_callable(lambda inner: 1),
    "transaction": lambda n, c: n.transaction(lambda inner: 1),
    "run_sync": lambda n, c: n.run_sync(lambda inner: inner.execute(text("SELECT 1")).all()),
    "scalar": lambda n, c: n.scalar(core_statement(c)),
    "scalars": lambda n, c: n.scalars(core_statement(c)),
    "schema_for_object": lambda n, c: n.schema_for_object(Crate.__table__),
    "set_isolation_level": lambda n, c: n.set_isolation_level("SERIALIZABLE"),
    "stream": lambda n, c: n.stream(core_statement(c)),
    "stream_scalars": lambda n, c: n.stream_scalars(core_statement(c)),
}

ENGINE = {
    "execute": lambda e, c: e.execute(core_statement(c)),
    "scalar": lambda e, c: e.scalar(core_statement(c)),
    "has_table": lambda e, c: e.has_table("crates"),
    "run_callable": lambda e, c: e.run_callable(lambda inner: 1),
    "transaction": lambda e, c: e.transaction(lambda inner: 1),
    "execution_options": lambda e, c: e.execution_options(note="x"),
    "update_execution_options": lambda e, c: e.update_execution_options(note="x"),
}

CALLS = {
    "Session": SESSION,
    "AsyncSession": SESSION,
    "scoped_session": SESSION,
    "async_scoped_session": SESSION,
    "sessionmaker": SESSION,
    "async_sessionmaker": SESSION,
    "Query": QUERY,
    "Result": RESULT,
    "ScalarResult": RESULT,
    "MappingResult": RESULT,
    "CursorResult": RESULT,
    "AsyncResult": ASYNC_RESULT,
    "AsyncScalarResult": ASYNC_RESULT,
    "AsyncMappingResult": ASYNC_RESULT,
    "Connection": CONNECTION,
    "AsyncConnection": CONNECTION,
    "Engine": ENGINE,
    "AsyncEngine": ENGINE,
}


TRANSACTIONS = ("SessionTransaction", "Savepoint", "RootTransaction", "NestedTransaction")
CALLS.update({prefix + owner: {} for owner in TRANSACTIONS for prefix in ("", "Async")})
CALLS["AsyncTransaction"] = {}


def call_of(owner, member, is_property):
    """How to call a member of a class, or to read it."""
    return CALLS[owner].get(member) or (property_of if is_property else plain)(member)
