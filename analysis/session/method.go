package session

import (
	"strconv"
	"strings"

	"sessionlint/analysis/python"
)

// method calls a member of a session, or of its query, result or transaction.
func (i *interp) method(e *python.Call, f Value, args []argument, s *State, awaited bool) []result {
	text, rows, _ := strings.Cut(f.Text, " ")
	class, name, _ := strings.Cut(text, ".")
	f.Text = rows
	switch class {
	case "Transaction":
		return i.transaction(e, f, name, s)
	case "Savepoint":
		i.op(f, e.Span, Op{Kind: OpCall, Method: "transaction." + name}, s)
		if o := s.session(f); name == "rollback" { // what failed within it is undone
			i.spell(o, 'U')
			s.partlyUndone(o)
			o.FailedAt, o.CaughtAt = Site{}, Site{}
			if o.HandledF {
				o.Handled, o.HandledF = Site{}, false
			}
		}
		return one(s, Value{})
	case "Query":
		return i.runQuery(f, name, e, e.Span, s)
	}
	m := methods[text]
	if o := s.session(f); m == nil && o.Proxy && name == "remove" {
		m = methods["Session.remove"]
	}
	if o := s.session(f); m == nil && o.Core && o.Life == Closed && name == "cursor" { // of raw_connection()
		i.event(Event{Kind: UsedClosed, Site: e.Span, Session: *o, Method: name, Other: o.ClosedAt, Sure: true})
	}
	if m == nil { // a method of a class of the project's own
		i.mayWrite(f, OpCall, e.Span, s)
		i.handOut(e, args, s)
		i.throws(s)
		return one(s, Value{})
	}
	if o := s.session(f); o.Guess && len(args) < needed[name] { // then it is none
		o.Escaped, o.Life = true, Lost
		return one(s, Value{})
	}
	if class == "Result" {
		i.op(f, e.Span, Op{Kind: OpCall, Method: name}, s)
		i.needless(m, e, f, rows, awaited, s)
		if name == "partitions" { // runs when it is gone through
			f.Kind, f.Text = ResultV, rows
			return one(s, f)
		}
		if name == "yield_per" && rows == "" {
			rows = "stream"
		}
		if a, ok := e.Func.(*python.Attribute); ok && m.Closed == "dead" {
			r := f
			r.Kind, r.Text = ResultV, rows
			i.consumes(r, a.Value, name+"()", e.Span, s)
		}
		return one(s, i.gives(m, f, rows))
	}
	i.needless(m, e, f, rows, awaited, s)
	op, key := i.operation(m, e, args), keyOf(m, e)
	i.op(f, e.Span, op, s)
	o := s.session(f)
	var listed []result
	switch {
	case name == "execution_options" && o.Core:
		o.Auto = o.Auto || autocommit(e) != ""
	case (name == "refresh" || name == "expire" || name == "expunge") && o.Life == Closed && i.lostObject(args, f, s):
		i.event(Event{Kind: UsedDetached, Site: e.Span, Session: *o, Method: name, Other: o.ClosedAt, Sure: true})
		*i.peek(args[0].expr, s) = Value{} // what comes after it is not blamed again
		return one(s, Value{})
	case name == "merge" && flag(e, "load", Yes) == No: // it copies the state, and asks for nothing
		return one(s, Value{Kind: NotNone})
	case name == "is_modified": // whether there is anything to keep
		o.Excused = o.Writes != No
	case name == "in_transaction" && o.Tx != Maybe:
		return one(s, Value{Kind: map[Tri]ValueKind{Yes: Truthy, No: Falsy}[o.Tx]})
	case name == "begin" && hasKeyword(e, "nested"):
		name = "begin_nested"
		m = methods[o.class()+name]
	case name == "get":
		known := i.loaded(f, op.Entity, key, s)
		if known == No && o.Pending && i.lists(f, op.Entity, s) { // where a list holds it, nothing is flushed
			listed = one(s.clone(), i.gives(m, f, ""))
		}
		if known == No || len(e.Keywords) > 0 {
			break
		}
		if known == Maybe {
			o.Tx, o.Held = max(o.Tx, Maybe), max(o.Held, Maybe)
		}
		f.Class = op.Entity
		v := i.gives(m, f, "")
		v.Key = key
		return one(s, v)
	case m.Writes == "statement" && len(args) > 0 && args[0].value.statement().kind == "commit",
		name == "exec_driver_sql" && statementKind(textOf(first(e.Args))) == "commit":
		i.did(Committed, e.Span, name, o)
		i.kept(o)
		o.Writes = No
		i.spell(o, 'c')
	}
	if name == "begin" {
		i.begins(e.Span, f, s)
	}
	if c, ok := first(e.Args).(*python.Call); ok && name == "merge" && i.loaded(f, dotted(c.Func), key, s) != No { // found without asking the database
		if m.flushes(o) && o.Pending && i.replaying == 0 { // that it does all the same
			i.flushFails(m, e.Span, f, o.word, s)
		}
		known := *m
		known.SQL, known.Checkout = false, false
		m = &known
	}
	f.Key = key
	i.called(m, op.Writes, e.Span, f, s)
	switch name {
	case "add", "add_all":
		i.attach(f, args, s)
	case "refresh":
		i.refreshed(args, s)
	case "expire":
		i.mark(args, s, func(v *Value) { v.Stale = Yes })
	case "expunge":
		i.mark(args, s, func(v *Value) { v.Dead = true })
	case "delete": // what is deleted is not expired by the commit
		i.mark(args, s, func(v *Value) { *v = Value{} })
	case "merge":
		if c, ok := first(e.Args).(*python.Call); ok {
			op.Entity = dotted(c.Func)
			s.session(f).Merged = op.Entity + " " + key
		}
	case "run_sync":
		i.loadedAll(s.session(f), s)
	case "expunge_all":
		s.detach(s.session(f))
	}
	switch {
	case strings.HasPrefix(name, "stream"), streams(e), len(args) > 0 && args[0].value.statement().stream:
		rows = "stream"
	case givesColumns(m, e, args):
		rows = "columns"
	case m.Writes == "statement" && len(args) > 0 && args[0].value.Kind != StmtV:
		rows = "?"
	}
	if strings.HasPrefix(rows, "stream") && givesColumns(m, e, args) {
		rows = "streamed columns"
	}
	if m.Checkout && rows != "columns" && (op.Writes == No || m.Name == "merge") {
		s.reloaded(f, op.Entity, key, i.isParameter(key))
	}
	f.Class = op.Entity
	if len(args) > 0 && args[0].value.statement().options || hasKeyword(e, "options") {
		f.Class = ""
	}
	v := i.gives(m, f, rows)
	if v.Key = key; name == "query" && len(args) == 1 || len(args) > 0 && args[0].value.statement().whole {
		v.Key = anyKey
	}
	if m.Await == "yes" && !awaited && s.session(f).Async {
		v = started(f, name, e.Span)
	}
	return append(one(s, v), listed...)
}

// needless notes an await of what is no coroutine.
func (i *interp) needless(m *Method, e *python.Call, f Value, rows string, awaited bool, s *State) {
	o := s.session(f)
	if awaited && m.Await == "no" && m.Name != "remove" && o.Typed && !strings.HasPrefix(rows, "stream") && (m.Class != "Result" || o.Async) {
		i.event(Event{Kind: NeedlessAwait, Site: e.Span, Session: *o, Method: m.Name, Sure: true})
	}
}

// givesColumns reports whether a session's method gives rows without mapped objects.
func givesColumns(m *Method, e *python.Call, args []argument) bool {
	switch {
	case m.Name == "query":
		return onlyColumns(e)
	case m.Writes == "statement" && len(args) > 0:
		return args[0].value.statement().cols
	}
	return false
}

// operation tells what a call of a session's method does to what a commit would save.
func (i *interp) operation(m *Method, e *python.Call, args []argument) Op {
	op := Op{Kind: OpCall, Method: m.Name, Entity: entity(e)}
	for _, k := range e.Keywords {
		op.Lock = op.Lock || k.Name == "with_for_update"
	}
	switch m.Writes {
	case "yes":
		op.Writes, op.Core = Yes, strings.HasPrefix(m.Name, "bulk_")
		if m.Name == "merge" && len(args) > 0 && !changed(args[0]) && e != i.statement {
			op.Writes = Maybe
		}
	case "maybe":
		op.Writes, op.Core = Maybe, true
		if m.Name == "exec_driver_sql" {
			op.Writes = tri(i.textStatement(e))
		}
	case "statement":
		st := Value{}.statement()
		if len(args) > 0 {
			st = args[0].value.statement()
		}
		op.Lock, op.Core, op.Entity = st.lock, st.core, st.entity
		op.Writes = tri(st.kind)
		if strings.HasSuffix(m.Class, "Connection") && oldStyle(e) {
			op.Writes = min(op.Writes, Maybe)
		}
		if c, ok := first(e.Args).(*python.Constant); ok && c.Kind == python.StringConst && !strings.HasSuffix(m.Class, "Connection") {
			op.Writes = tri(i.textStatement(e)) // a string: the way of 1.x, where a connection commits it by itself
		}
	}
	return op
}

// tri returns whether a statement of a kind writes.
func tri(kind string) Tri { return map[string]Tri{"write": Yes, "maybe": Maybe}[kind] }

// begins notes a begin() that cannot work.
func (i *interp) begins(at Site, v Value, s *State) {
	o := s.session(v)
	if o.EndedAt != (Site{}) || o.Core && o.Life == Closed {
		return
	}
	switch {
	case o.Block == Yes:
		i.event(Event{Kind: BeginInBlock, Site: at, Session: *o, Method: "begin", Other: o.BlockAt, Sure: true})
	case o.Tx == Yes:
		unseen := o.FailedAt != (Site{}) && !o.Owned && o.Writes == No // what failed there is the caller's
		i.event(Event{Kind: BeginTwice, Site: at, Session: *o, Method: "begin", Other: o.TxAt, Sure: !unseen})
	}
}

// runQuery calls a method of a Query, or runs it by iterating or indexing it.
func (i *interp) runQuery(q Value, name string, e *python.Call, at Site, s *State) []result {
	m := methods["Query."+name]
	if name == "with_session" { // it is another session's from here on
		return one(s, Value{})
	}
	if m == nil { // a query class of the project's own
		i.throws(s)
		return one(s, Value{})
	}
	writes := No
	if m.Writes == "yes" {
		writes = Yes
	}
	i.op(q, at, Op{Kind: OpCall, Method: "query." + name, Writes: writes}, s)
	run := *m
	run.Name = queryMethod(name)
	i.called(&run, writes, at, q, s)
	if run.Checkout && writes == No && q.Text != "columns" {
		s.reloaded(q, q.Class, "", false)
	}
	switch name {
	case "options":
		q.Class = ""
	case "all", "order_by", "yield_per", "__iter__":
	default:
		q.Key = ""
	}
	if (name == "yield_per" || e != nil && streams(e)) && q.Text == "" {
		q.Text = "stream"
	}
	return one(s, i.gives(m, q, q.Text))
}

// queryMethod names a way of running a query as a message should.
func queryMethod(name string) string {
	switch {
	case strings.HasPrefix(name, "__iter__"):
		return "iterating its query"
	case strings.HasPrefix(name, "__getitem__"):
		return "indexing its query"
	}
	return "query." + name
}

// transaction calls a method of what begin() or begin_nested() gave.
func (i *interp) transaction(e *python.Call, f Value, name string, s *State) []result {
	o := s.session(f)
	i.op(f, e.Span, Op{Kind: OpCall, Method: "transaction." + name}, s)
	switch name {
	case "start":
		return one(s, Value{Kind: Begun, Obj: f.Obj})
	case "commit":
		failed := s.clone()
		failed.throw(dbError, e.Span)
		i.raised = append(i.raised, failed)
		i.did(Committed, e.Span, name, o)
		i.kept(o)
		o.Writes, o.Reopened, o.Excused = No, Reopening{}, false
		o.release(e.Span, name)
		s.committed(o)
	case "rollback", "close":
		i.did(RolledBack, e.Span, name, o)
		o.Writes, o.Reopened, o.Excused = No, Reopening{}, false
		o.FailedAt, o.CaughtAt = Site{}, Site{}
		o.release(e.Span, name)
		s.undone(o, Yes)
	}
	return one(s, Value{})
}

// op notes an operation, whatever the path.
func (i *interp) op(v Value, at Site, op Op, s *State) {
	o := s.session(v)
	key := opKey{at, o.Made}
	op.Site, op.Made, op.Loop = at, o.Made, i.scope.inLoop(at)
	if old := i.ops[key]; old != nil {
		old.Writes = max(old.Writes, op.Writes)
		old.Lock = old.Lock || op.Lock
		old.Core = old.Core || op.Core
		old.Whole = old.Whole || op.Whole
		return
	}
	i.ops[key] = &op
}

// apart calls a method of what is not a session: an engine, or an exit stack.
func (i *interp) apart(e *python.Call, f Value, args []argument, s *State) []result {
	name, text, _ := strings.Cut(f.Text, " ")
	switch name {
	case "Stack.close", "Stack.aclose":
		i.unwind(Value{Text: text}, e.Span, false, s)
		return one(s, Value{})
	case "Stack.pop_all":
		at, _ := strconv.Atoi(text)
		for n := range s.sessions {
			s.sessions[n].Escaped = s.sessions[n].Escaped || s.sessions[n].Stack == at
		}
		return one(s, Value{})
	case "Engine.execution_options":
		return one(s, Value{Kind: EngineV, Text: text + autocommit(e)})
	case "Engine.connect":
		return i.connect(e, text, SessionV, s)
	case "Engine.raw_connection": // what is called on it is the driver's
		rs := i.connect(e, text, SessionV, s)
		s.session(rs[0].value).hold(e.Span)
		return rs
	case "Stack.enter_context", "Stack.enter_async_context", "Stack.push", "Stack.push_async_exit", "Stack.callback", "Stack.push_async_callback":
		if len(args) == 0 {
			break
		}
		v := args[0].value
		at, _ := strconv.Atoi(text)
		switch o := s.session(v); v.Kind {
		case SessionV, ClosingV, BoundV, BegunV:
			if v.Kind == BoundV && !closes(v.Text) {
				break
			}
			o.Stack = at
			if v.Kind == BegunV {
				o.enterBlock(e.Span)
			}
			return one(s, Value{Kind: SessionV, Obj: v.Obj})
		case Begun:
			o.enterBlock(e.Span)
			o.Stack = at
		case GeneratorV:
			return one(s, Value{})
		}
	}
	i.handOut(e, args, s)
	i.throws(s)
	return one(s, Value{})
}
