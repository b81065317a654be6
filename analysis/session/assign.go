package session

import (
	"strconv"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

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

// evalTarget evaluates what stands before the dot or bracket of a target.
func (i *interp) evalTarget(e python.Expr, s *State) result {
	if rs := i.eval(e, s); len(rs) > 0 {
		return rs[0]
	}
	return result{state: s}
}

// assign binds a target to a value.
func (i *interp) assign(target python.Expr, v Value, s *State) {
	switch t := target.(type) {
	case *python.Name:
		if kind := hanging(v); kind != "" {
			i.op(v, t.Span, Op{Kind: OpBind, Method: kind}, s)
		}
		i.seen(Bound, t.Span, v, s)
		i.setName(t.ID, v, s)
	case *python.Attribute:
		i.setAttribute(t, v, s)
	case *python.Subscript:
		if r := i.evalTarget(t.Value, s); r.value.Kind == MappedV {
			i.mayWrite(r.value, OpSet, t.Span, s)
		}
		i.outOfBlock(v, t.Span, "stored", s)
		i.handBack(v, t.Span, s)
		s.keep(v)
	case *python.Tuple:
		i.unpack(t.Elts, v, s)
	case *python.List:
		i.unpack(t.Elts, v, s)
	case *python.Starred:
		i.assign(t.X, v, s)
	}
}

func (i *interp) unpack(targets []python.Expr, v Value, s *State) {
	if v.Kind == ResultV {
		i.consumes(v, targets[0], "unpacking it", targets[0].Pos(), s)
	}
	if v.Kind != MappedV {
		v = Value{}
	}
	v.Many, v.Rows = v.Rows, false
	for _, t := range targets {
		i.assign(t, v, s)
	}
}

func (i *interp) setName(name string, v Value, s *State) {
	slot, ok := i.scope.slots[name]
	if !ok { // global
		i.outOfBlock(v, i.at, "stored", s)
		i.escape(v, s)
		s.keep(v)
		return
	}
	i.scope.rebound(s, name)
	s.vars[slot] = i.scope.worth(name, v)
	if o := s.session(v); o != nil && (v.Kind == SessionV || v.Kind == HolderV) && o.Name == "" {
		o.Name = name
		i.awaits(o)
	}
}

func (i *interp) setAttribute(t *python.Attribute, v Value, s *State) {
	path := dotted(t)
	switch r := i.evalTarget(t.Value, s); r.value.Kind {
	case SessionV:
		if o := r.state.session(r.value); t.Attr.ID == "expire_on_commit" && v.Kind == Falsy {
			o.Expires = No
		}
	case MappedV:
		i.writeTo(r.value, t.Attr.ID, Yes, OpSet, t.Span, s)
		r.state.set(r.value, t.Attr.ID)
	case NewV:
	default:
		i.outOfBlock(v, t.Span, "stored", s)
		i.stored(t, v, s)
		i.handBack(v, t.Span, s)
		s.keep(v)
		if o := s.session(v); v.Kind == SessionV && o.Held == No { // whoever finds it there uses it
			o.Held, o.HeldAt, o.HandedOut = Maybe, t.Span, true
		}
	}
	i.scope.rebound(s, path)
	if slot, ok := i.scope.slots[path]; ok {
		s.vars[slot] = i.scope.worth(path, v)
		if o := s.session(v); o != nil && v.Kind == SessionV && o.Name == "" {
			o.Name = path
		}
	}
}

// escapeStack lets go of the sessions that an exit stack closes.
func (i *interp) escapeStack(v Value, s *State) {
	id, _ := strconv.Atoi(v.Text)
	for n := range s.sessions {
		if v.Kind == StackV && s.sessions[n].Stack == id {
			s.sessions[n].Escaped = true
		}
	}
}

// escape notes that something outside of the function can reach a session from now on.
func (i *interp) escape(v Value, s *State) {
	if o := s.session(v); o != nil && v.Kind != MappedV && v.Kind != ResultV && v.Kind != BoundV && (v.Kind != QueryV || o.Life == Open) {
		o.Escaped = true
	}
}

// keep notes that a session is kept where others find it: who gets it from the
// function is not the only one who has it.
func (s *State) keep(v Value) {
	if o := s.session(v); o != nil && v.Kind == SessionV {
		o.Kept = true
	}
}

// handBack notes what a return or yield gives away.
func (i *interp) handBack(v Value, at Site, s *State) {
	if kind := hanging(v); kind != "" {
		i.op(v, at, Op{Kind: OpReturn, Method: kind}, s)
	}
	i.escape(v, s)
	i.escapeStack(v, s)
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
