package session

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

// node runs one node and returns the states after it.
func (i *interp) node(n flow.Node, s *State) []outcome {
	switch n := n.(type) {
	case *flow.Simple:
		s.handledBefore(n.Stmt.Pos())
		return i.simple(n.Stmt, s)
	case *flow.Eval:
		return outcomes(i.eval(n.Expr, s), flow.Next)
	case *flow.Test:
		yes, no := i.branch(n.Cond, s)
		for _, s := range no {
			for k := range s.sessions {
				o := &s.sessions[k]
				if o.Writes != No && (i.scope.guards[n.Cond] || n.Cond.Pos().Contains(o.FirstWrite)) { // if session.query(…).delete():
					o.Excused = true
				}
			}
		}
		return append(onEdge(yes, flow.True), onEdge(no, flow.False)...)
	case *flow.Start:
		var out []outcome
		for _, r := range i.eval(n.For.Iter, s) {
			if g := i.generators.get(r.value.Text); r.value.Kind == GeneratorV && g.handsOut() {
				out = append(out, i.startGenerator(n.For, r.value, r.state)...)
				continue
			}
			i.iterate(r, n.For.Iter)
			r.state.vars[i.scope.loops[n.For]] = i.elementOf(r.value)
			if t, ok := n.For.Target.(*python.Name); !ok || mentions(n.For.Body, t.ID) {
				i.goneOver(n.For.Iter, r.state)
			}
			out = append(out, outcome{r.state, flow.Next})
		}
		return out
	case *flow.Iterate:
		if v := s.vars[i.scope.loops[n.For]]; v.Kind == EnteredV {
			return i.iterateGenerator(n.For, v, s)
		}
		done := outcome{s, flow.Done}
		more := s.clone()
		v := s.vars[i.scope.loops[n.For]]
		if v.Key == elementKey { // the next ones are others
			v.Key = turnKey
		}
		i.assign(n.For.Target, v, more)
		if i.scope.function == nil || !endless(n.For.Iter) {
			return []outcome{{more, flow.Next}, done}
		}
		return []outcome{{more, flow.Next}}
	case *flow.Choose:
		next := s.clone()
		for _, b := range n.Case.Binds {
			i.assign(b, Value{}, next)
		}
		if n.Case.Guard != nil {
			yes, no := i.branch(n.Case.Guard, next)
			return append(append(onEdge(yes, flow.Next), onEdge(no, flow.Done)...), outcome{s, flow.Done})
		}
		if n.Case.Irrefutable {
			return []outcome{{next, flow.Next}}
		}
		return []outcome{{next, flow.Next}, {s, flow.Done}}
	case *flow.Enter:
		return i.enter(n, s)
	case *flow.Exit:
		return i.exit(n, s)
	case *flow.Catch:
		i.caught(n.Handler, s)
		if n.Handler.Name != nil {
			i.assign(n.Handler.Name, Value{Kind: NotNone}, s)
		}
		return []outcome{{s, flow.Next}}
	}
	return []outcome{{s, flow.Next}}
}

// endless reports whether a for loop has no end of its own: itertools.count().
func endless(e python.Expr) bool {
	c, ok := e.(*python.Call)
	return ok && dotted(c.Func) == "itertools.count" && len(c.Args) < 3
}

func onEdge(states []*State, edge flow.EdgeKind) []outcome {
	var out []outcome
	for _, s := range states {
		out = append(out, outcome{s, edge})
	}
	return out
}

func outcomes(rs []result, edge flow.EdgeKind) []outcome {
	var out []outcome
	for _, r := range rs {
		out = append(out, outcome{r.state, edge})
	}
	return out
}

// simple runs a statement without blocks.
func (i *interp) simple(st python.Stmt, s *State) []outcome {
	switch st := st.(type) {
	case *python.ExprStmt:
		i.statement = st.Value
		if a, ok := st.Value.(*python.Await); ok {
			i.statement = a.X
		}
		rs := i.eval(st.Value, s)
		i.statement = nil
		for _, r := range rs {
			i.dropped(st.Value, r.value, r.state)
		}
		return outcomes(rs, flow.Next)
	case *python.Assign:
		return i.assignAll(st.Targets, st.Value, s)
	case *python.AnnAssign:
		if st.Value == nil {
			return []outcome{{s, flow.Next}}
		}
		return i.assignAll([]python.Expr{st.Target}, st.Value, s)
	case *python.AugAssign:
		var out []outcome
		for _, r := range i.eval(st.Value, s) {
			for _, t := range i.eval(st.Target, r.state) {
				i.assign(st.Target, Value{}, t.state)
				out = append(out, outcome{t.state, flow.Next})
			}
		}
		return out
	case *python.Return:
		s.givenAt = st.Span
		if s.yielded {
			if st.Value != nil {
				return outcomes(i.eval(st.Value, s), flow.Next)
			}
			return []outcome{{s, flow.Next}}
		}
		s.given = Value{}
		if i.summing {
			s.given = Value{Kind: None}
		}
		if st.Value == nil {
			return []outcome{{s, flow.Next}}
		}
		rs := i.eval(st.Value, s)
		for _, r := range rs {
			r.state.given = Value{}
			if i.summing {
				r.state.given = r.value
			}
			i.outOfBlock(i.carrier(r.value, r.state), st.Span, "returned", r.state)
			i.allOutOfBlock(st.Value, st.Span, r.state)
			i.taken(st.Value, r.state)
			if k := r.value.Kind; !i.summing || k != SessionV && k != QueryV && k != ResultV { // the caller sees that it is given back
				i.handBack(r.value, st.Span, r.state)
			}
		}
		return outcomes(rs, flow.Next)
	case *python.Raise:
		return i.raise(st, s)
	case *python.Delete:
		for _, t := range st.Targets {
			if n, ok := t.(*python.Name); ok {
				i.assign(n, Value{}, s)
			}
		}
	case *python.Import:
		for _, a := range st.Names {
			if a.As != "" {
				i.setName(a.As, Value{Kind: Imported, Text: a.Name}, s)
			} else {
				top, _, _ := strings.Cut(a.Name, ".")
				i.setName(top, Value{Kind: Imported, Text: top}, s)
			}
		}
	case *python.ImportFrom:
		from := strings.Repeat(".", st.Level) + st.Module
		for _, a := range st.Names {
			name := a.As
			if name == "" {
				name = a.Name
			}
			path := from + "." + a.Name
			if strings.HasSuffix(from, ".") {
				path = from + a.Name
			}
			i.setName(name, i.analyzer.imported(path), s)
		}
	case *python.FunctionDef:
		i.define(st, s)
	case *python.ClassDef:
		i.setName(st.Name.ID, Value{Kind: NotNone}, s)
	case *python.BadStmt:
		i.forget(st.Names, s)
	}
	return []outcome{{s, flow.Next}}
}

// forget makes everything unknown that text which did not parse may have changed.
func (i *interp) forget(names []*python.Name, s *State) {
	for _, n := range names {
		slot, ok := i.scope.slots[n.ID]
		if !ok {
			continue
		}
		if o := s.session(s.vars[slot]); o != nil {
			o.Life, o.Reopened = Lost, Reopening{}
		}
		i.assign(n, Value{}, s)
	}
}

func (i *interp) raise(st *python.Raise, s *State) []outcome {
	if _, again := i.scope.again[st]; again || st.Exc == nil {
		s.throw(i.passedOn(st, s), st.Span)
		return []outcome{{s, flow.Propagate}}
	}
	exc := st.Exc
	if c, ok := exc.(*python.Call); ok {
		exc = c.Func
	}
	path := dotted(exc)
	if path == "" {
		path = "?"
	}
	before := len(i.raised)
	rs := i.eval(st.Exc, s)
	if madeByName(exc) { // making the exception does not fail
		i.raised = append(i.raised[:before], slices.DeleteFunc(i.raised[before:], func(r *State) bool { return r.thrown == "" && r.thrownAt == st.Exc.Pos() })...)
	}
	for _, r := range rs {
		r.state.throw(path, st.Span)
	}
	return outcomes(rs, flow.Propagate)
}

// handledBefore forgets the exception that was handled, behind its handler.
func (s *State) handledBefore(at Site) {
	if s.passing != "" && !s.passesIn.Contains(at) {
		s.passing, s.passesIn = "", Site{}
	}
}

// dropped notes what is wrong with a statement that makes a value and leaves it.
func (i *interp) dropped(e python.Expr, v Value, s *State) {
	o := s.session(v)
	_, awaited := e.(*python.Await)
	switch v.Kind {
	case BoundV:
		if class, name, _ := strings.Cut(v.Text, "."); methods[class+"."+name] == nil { // it is being typed
			o.Excused = true
		}
	case CoroutineV:
		i.notAwaited(e, v, s)
	case BegunV:
		i.event(Event{Kind: NotEntered, Site: e.Pos(), Session: *o, Method: "begin", Sure: true})
	case Begun, Savepoint:
		if !awaited && o.Async && o.Typed {
			i.event(Event{Kind: NotEntered, Site: e.Pos(), Session: *o, Method: "begin", Sure: true})
		}
	}
}

// define makes a function inside of this one. What it closes may be closed at
// any time from here on.
func (i *interp) define(d *python.FunctionDef, s *State) {
	i.locals[d.Start] = &function{name: fmt.Sprintf("%s@%d", d.Name.ID, d.Start), file: i.analyzer.file, def: d, unit: i.analyzer.unit, local: true}
	i.setName(d.Name.ID, Value{Kind: FuncV, Text: localFunc + strconv.Itoa(d.Start)}, s)
	i.captured(d, s)
}

// captured lets go of the sessions that a function or lambda closes.
func (i *interp) captured(n python.Node, s *State) {
	python.Inspect(n, func(n python.Node) bool {
		a, ok := n.(*python.Attribute)
		if ok && closes(a.Attr.ID) {
			if v, found := i.variable(dotted(a.Value), s); found && v.Kind == SessionV {
				s.session(v).Escaped = true
			}
		}
		return true
	})
}
