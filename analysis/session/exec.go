package session

import (
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// entry returns the states in which the function can begin: its parameters,
// and a session for each that is annotated as one.
func (i *interp) entry() []*State {
	states := []*State{{vars: make([]Value, i.scope.size)}}
	f := i.scope.function
	if f == nil {
		return states
	}
	for _, p := range f.Params {
		kind, optional := i.annotation(p.Annotation)
		if kind == project.Unresolved || p.Kind == python.VarArgs || p.Kind == python.VarKwargs {
			continue
		}
		var next []*State
		for _, s := range states {
			if optional || isNoneConst(p.Default) {
				n := s.clone()
				n.vars[i.scope.slots[p.Name.ID]] = Value{Kind: None}
				next = append(next, n)
			}
			i.sessions = true
			s.sessions = append(s.sessions, Session{Name: p.Name.ID, Made: p.Name.Span, Async: kind == project.AsyncClass})
			s.vars[i.scope.slots[p.Name.ID]] = Value{Kind: SessionV, Obj: ObjectID(len(s.sessions) - 1)}
			next = append(next, s)
		}
		states = next
	}
	return states
}

func isNoneConst(e python.Expr) bool {
	c, ok := e.(*python.Constant)
	return ok && c.Kind == python.NoneConst
}

// annotation returns the class of session that an annotation names, and whether
// it may be None as well.
func (i *interp) annotation(e python.Expr) (kind project.Meaning, optional bool) {
	switch e := e.(type) {
	case *python.Name, *python.Attribute:
		if n, ok := e.(*python.Name); ok {
			if b, found := i.module.Lookup(n.ID); found && b.Value != nil {
				if _, ok := b.Value.(*python.Subscript); ok { // SessionDep = Annotated[Session, …]
					return i.annotation(b.Value)
				}
			}
		}
		switch k := project.Known(i.module.Path(e)); k {
		case project.SessionClass, project.AsyncClass:
			return k, false
		}
	case *python.Constant:
		if e.Kind == python.StringConst {
			return i.quoted(e.Text)
		}
	case *python.BinOp:
		if e.Op == "|" {
			l, _ := i.annotation(e.L)
			if l == project.Unresolved {
				l, _ = i.annotation(e.R)
			}
			return l, isNoneConst(e.L) || isNoneConst(e.R)
		}
	case *python.Subscript:
		name := dotted(e.Value)
		if n := strings.LastIndexByte(name, '.'); n >= 0 {
			name = name[n+1:]
		}
		switch name {
		case "Optional":
			kind, _ := i.annotation(e.Index)
			return kind, true
		case "Annotated":
			if t, ok := e.Index.(*python.Tuple); ok && len(t.Elts) > 0 {
				return i.annotation(t.Elts[0])
			}
		}
	}
	return project.Unresolved, false
}

// quoted reads an annotation that stands in quotes.
func (i *interp) quoted(text string) (project.Meaning, bool) {
	optional := false
	if t, ok := strings.CutSuffix(text, "| None"); ok {
		text, optional = t, true
	}
	var e python.Expr
	for part := range strings.SplitSeq(strings.TrimSpace(text), ".") {
		n := &python.Name{ID: part}
		if e == nil {
			e = n
		} else {
			e = &python.Attribute{Value: e, Attr: n}
		}
	}
	kind, _ := i.annotation(e)
	return kind, optional
}

// node runs one node and returns the states after it.
func (i *interp) node(n flow.Node, s *State) []outcome {
	switch n := n.(type) {
	case *flow.Simple:
		return i.simple(n.Stmt, s)
	case *flow.Eval:
		return outcomes(i.eval(n.Expr, s), flow.Next)
	case *flow.Test:
		yes, no := i.branch(n.Cond, s)
		return append(onEdge(yes, flow.True), onEdge(no, flow.False)...)
	case *flow.Start:
		var out []outcome
		for _, r := range i.eval(n.For.Iter, s) {
			i.iterate(r, n.For.Iter)
			r.state.vars[i.scope.loops[n.For]] = i.elementOf(r.value)
			out = append(out, outcome{r.state, flow.Next})
		}
		return out
	case *flow.Iterate:
		done := outcome{s, flow.Done}
		more := s.clone()
		i.assign(n.For.Target, s.vars[i.scope.loops[n.For]], more)
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
		s.thrown = ""
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
		return outcomes(i.eval(st.Value, s), flow.Next)
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
		if st.Value == nil {
			return []outcome{{s, flow.Next}}
		}
		rs := i.eval(st.Value, s)
		for _, r := range rs {
			i.handBack(r.value, st.Span, r.state)
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
			i.setName(name, Value{Kind: Imported, Text: path}, s)
		}
	case *python.FunctionDef:
		i.setName(st.Name.ID, Value{Kind: NotNone}, s)
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
	if st.Exc == nil {
		s.thrown = "?"
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
	rs := i.eval(st.Exc, s)
	for _, r := range rs {
		r.state.thrown = path
	}
	return outcomes(rs, flow.Propagate)
}

// assignAll runs a = b = value.
func (i *interp) assignAll(targets []python.Expr, value python.Expr, s *State) []outcome {
	if len(targets) == 1 {
		if out, ok := i.pairwise(targets[0], value, s); ok {
			return out
		}
	}
	var out []outcome
	for _, r := range i.eval(value, s) {
		for _, t := range targets {
			i.assign(t, r.value, r.state)
		}
		out = append(out, outcome{r.state, flow.Next})
	}
	return out
}

// pairwise runs a, b = x, y.
func (i *interp) pairwise(target, value python.Expr, s *State) ([]outcome, bool) {
	t, ok := target.(*python.Tuple)
	if !ok {
		return nil, false
	}
	v, ok := value.(*python.Tuple)
	if !ok || len(t.Elts) != len(v.Elts) {
		return nil, false
	}
	for _, e := range append(t.Elts, v.Elts...) {
		if _, ok := e.(*python.Starred); ok {
			return nil, false
		}
	}
	var out []outcome
	for _, r := range i.evalAll(v.Elts, s) {
		for n, e := range t.Elts {
			i.assign(e, r.values[n], r.state)
		}
		out = append(out, outcome{r.state, flow.Next})
	}
	return out, true
}

// assign binds a target to a value.
func (i *interp) assign(target python.Expr, v Value, s *State) {
	switch t := target.(type) {
	case *python.Name:
		if kind := hanging(v); kind != "" {
			i.op(v, t.Span, Op{Kind: OpBind, Method: kind}, s)
		}
		i.setName(t.ID, v, s)
	case *python.Attribute:
		i.setAttribute(t, v, s)
	case *python.Subscript:
		for _, r := range i.eval(t.Value, s) {
			if r.value.Kind == MappedV {
				i.write(r.value, Maybe, OpSet, t.Span, r.state)
			}
			break
		}
		i.escape(v, s)
	case *python.Tuple:
		i.unpack(t.Elts, v, s)
	case *python.List:
		i.unpack(t.Elts, v, s)
	case *python.Starred:
		i.assign(t.X, v, s)
	}
}

func (i *interp) unpack(targets []python.Expr, v Value, s *State) {
	if v.Kind != MappedV {
		v = Value{}
	}
	for _, t := range targets {
		i.assign(t, v, s)
	}
}

func (i *interp) setName(name string, v Value, s *State) {
	slot, ok := i.scope.slots[name]
	if !ok { // global
		i.escape(v, s)
		return
	}
	i.scope.rebound(s, name)
	s.vars[slot] = i.scope.worth(name, v)
	if o := s.session(v); o != nil && v.Kind == SessionV && o.Name == "" {
		o.Name = name
	}
}

func (i *interp) setAttribute(t *python.Attribute, v Value, s *State) {
	path := dotted(t)
	for _, r := range i.eval(t.Value, s) {
		switch r.value.Kind {
		case MappedV:
			i.writeTo(r.value, t.Attr.ID, Yes, OpSet, t.Span, r.state)
		case NewV:
		default:
			i.escape(v, s)
		}
		break
	}
	i.scope.rebound(s, path)
	if slot, ok := i.scope.slots[path]; ok {
		s.vars[slot] = i.scope.worth(path, v)
		if o := s.session(v); o != nil && v.Kind == SessionV && o.Name == "" {
			o.Name = path
		}
	}
}

// escape notes that something outside of the function can reach a session from now on.
func (i *interp) escape(v Value, s *State) {
	if o := s.session(v); o != nil && v.Kind != MappedV && v.Kind != ResultV && v.Kind != BoundV {
		o.Escaped = true
	}
}

// handBack notes what a return or yield gives away.
func (i *interp) handBack(v Value, at Site, s *State) {
	if kind := hanging(v); kind != "" {
		i.op(v, at, Op{Kind: OpReturn, Method: kind}, s)
	}
	i.escape(v, s)
}

// hanging names what of a session a value is: an object, result or query of it.
func hanging(v Value) string {
	switch v.Kind {
	case MappedV:
		if v.Text != partOf {
			return "object"
		}
	case ResultV:
		return "result"
	case QueryV:
		return "query"
	}
	return ""
}
