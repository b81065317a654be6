package session

import (
	"strings"

	"sessionlint/analysis/python"
)

// method calls a member of a session, or of its query, result or transaction.
func (i *interp) method(e *python.Call, f Value, args []argument, s *State) []result {
	text, rows, _ := strings.Cut(f.Text, " ")
	class, name, _ := strings.Cut(text, ".")
	f.Text = rows
	switch class {
	case "Transaction":
		return i.transaction(e, f, name, s)
	case "Query":
		return i.runQuery(f, name, e.Span, s)
	}
	m := methods[text]
	if m == nil { // a method of a class of the project's own
		i.mayWrite(f, OpCall, e.Span, s)
		i.handOut(e, args, s)
		i.throws(s)
		return one(s, Value{})
	}
	if class == "Result" {
		i.op(f, e.Span, Op{Kind: OpCall, Method: name}, s)
		return one(s, i.gives(m, f, rows))
	}
	op := i.operation(m, e, args)
	writes := op.Writes
	i.op(f, e.Span, op, s)
	if m.SQL || m.Checkout || m.Commits {
		i.throws(s)
	}
	i.effects(m, name, writes, e, f, s)
	if name == "add" || name == "add_all" {
		i.attach(f, args, s)
	}
	if givesColumns(m, e, args) {
		rows = "columns"
	}
	return one(s, i.gives(m, f, rows))
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
	case "maybe":
		op.Writes, op.Core = Maybe, true
	case "statement":
		st := Value{}.statement()
		if len(args) > 0 {
			st = args[0].value.statement()
		}
		op.Lock, op.Core, op.Entity = st.lock, st.core, st.entity
		op.Writes = map[string]Tri{"read": No, "write": Yes, "maybe": Maybe}[st.kind]
	}
	return op
}

// effects changes a session's typestate as the method table says.
func (i *interp) effects(m *Method, name string, writes Tri, e *python.Call, v Value, s *State) {
	o := s.session(v)
	if o.Life == Closed && (m.Closed == "reopens" || m.Closed == "queues") {
		i.reopen(o, name, m.Closed == "reopens", writes, e.Span)
	}
	switch {
	case m.Commits:
		if o.Writes != No && o.Block == No && !o.Joined && o.NCommits < maxCommits {
			o.Commits[o.NCommits] = e.Span
			o.NCommits++
		}
		o.Writes, o.Reopened = No, Reopening{}
	case m.Detaches && m.Ends:
		if o.Life == Closed && o.Reopened == (Reopening{}) {
			return // closed twice: the first one counts
		}
		i.closeSession(o, e.Span, false, s)
	case m.RollsBack:
		o.Writes, o.Reopened = No, Reopening{}
	}
	i.wrote(o, writes, e.Span)
}

func (i *interp) wrote(o *Session, writes Tri, at Site) {
	if writes == No || o.Life == Lost {
		return
	}
	if o.Writes == No {
		o.FirstWrite = at
	}
	o.Writes = max(o.Writes, writes)
}

// reopen notes the use of a closed session that opens it again.
func (i *interp) reopen(o *Session, method string, holds bool, writes Tri, at Site) {
	i.uses[Use{o.Made, o.ClosedAt, at, method}] = true
	if o.Reopened == (Reopening{}) {
		i.renew(o)
		o.Reopened = Reopening{Site: at, Method: method}
	}
	o.Reopened.Holds = o.Reopened.Holds || holds
	o.Reopened.Writes = o.Reopened.Writes || writes == Yes
}

// runQuery calls a method of a Query, or runs it by iterating or indexing it.
func (i *interp) runQuery(q Value, name string, at Site, s *State) []result {
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
	o := s.session(q)
	i.op(q, at, Op{Kind: OpCall, Method: "query." + name, Writes: writes}, s)
	if m.SQL {
		i.throws(s)
	}
	if o.Life == Closed && m.Closed == "reopens" {
		i.reopen(o, queryMethod(name), true, writes, at)
	}
	i.wrote(o, writes, at)
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
	switch name {
	case "commit":
		i.throws(s)
		o.Writes, o.Reopened = No, Reopening{}
	case "rollback", "close":
		o.Writes, o.Reopened = No, Reopening{}
	}
	i.op(f, e.Span, Op{Kind: OpCall, Method: "transaction." + name}, s)
	return one(s, Value{})
}

// attach makes the objects that are added to a session its mapped objects.
func (i *interp) attach(f Value, args []argument, s *State) {
	for _, a := range args {
		e := a.expr
		if w, ok := e.(*python.NamedExpr); ok {
			e = w.Target
		}
		if p := i.peek(e, s); p != nil && (p.Kind == NewV || p.Kind == Unknown) {
			*p = Value{Kind: MappedV, Obj: f.Obj}
		}
	}
}

// mayWrite notes what may be a change through something that hangs on a session.
func (i *interp) mayWrite(v Value, kind OpKind, at Site, s *State) {
	i.writeTo(v, "", Maybe, kind, at, s)
}

// writeTo notes a change, of an attribute if it is one.
func (i *interp) writeTo(v Value, attribute string, writes Tri, kind OpKind, at Site, s *State) {
	o := s.session(v)
	i.op(v, at, Op{Kind: kind, Method: attribute, Writes: writes}, s)
	if o.Life == Open {
		i.wrote(o, writes, at)
	}
}

// op notes an operation, whatever the path.
func (i *interp) op(v Value, at Site, op Op, s *State) {
	o := s.session(v)
	key := opKey{at, o.Made}
	op.Site, op.Made = at, o.Made
	if old := i.ops[key]; old != nil {
		old.Writes = max(old.Writes, op.Writes)
		old.Lock = old.Lock || op.Lock
		old.Core = old.Core || op.Core
		old.Whole = old.Whole || op.Whole
		return
	}
	i.ops[key] = &op
}
