package session

import (
	"slices"
	"strconv"

	"sessionlint/analysis/python"
)

// branch evaluates a condition and returns the states in which it holds and
// those in which it does not. A state in which it surely holds is not among the
// latter.
func (i *interp) branch(e python.Expr, s *State) (yes, no []*State) {
	switch e := e.(type) {
	case *python.UnaryOp:
		if e.Op == "not" {
			yes, no := i.branch(e.X, s)
			return no, yes
		}
	case *python.BoolOp:
		l, r := i.branch(e.L, s)
		if e.Or {
			yes = l
			for _, n := range r {
				y, n := i.branch(e.R, n)
				yes, no = append(yes, y...), append(no, n...)
			}
			return i.fewStates(yes), i.fewStates(no)
		}
		no = r
		for _, y := range l {
			y, n := i.branch(e.R, y)
			yes, no = append(yes, y...), append(no, n...)
		}
		return i.fewStates(yes), i.fewStates(no)
	case *python.Compare:
		if x, isNone, ok := noneTest(e); ok {
			return i.branchNone(x, isNone, s)
		}
		if len(e.Ops) == 1 && (e.Ops[0] == "is" || e.Ops[0] == "is not") {
			return i.branchSame(e, e.Ops[0] == "is", s)
		}
		if text, equal, ok := constantTest(e); ok {
			return i.branchEqual(e, text, equal, s)
		}
		if n, ok := numberTest(e); ok {
			if v := i.peek(e.First, s); v != nil && (v.Kind == Truthy || v.Kind == Falsy) {
				if x, err := strconv.ParseFloat(v.Text, 64); err == nil {
					return known(s, ordered(x, e.Ops[0], n))
				}
			}
		}
	}
	for _, r := range i.eval(e, s) {
		truth, known := r.value.holds()
		if r.value.Kind == CoroutineV {
			i.notAwaited(e, r.value, r.state)
		}
		switch {
		case !known:
			other := r.state.clone()
			i.refine(e, true, r.state)
			i.refine(e, false, other)
			yes, no = append(yes, r.state), append(no, other)
		case truth:
			yes = append(yes, r.state)
		default:
			no = append(no, r.state)
		}
	}
	return yes, no
}

// noneTest takes apart x is None and x is not None, also with == and !=.
func noneTest(e *python.Compare) (x python.Expr, isNone, ok bool) {
	if len(e.Ops) != 1 || !isNoneConst(e.Rest[0]) {
		return nil, false, false
	}
	switch e.Ops[0] {
	case "is", "==":
		return e.First, true, true
	case "is not", "!=":
		return e.First, false, true
	}
	return nil, false, false
}

func (i *interp) branchNone(x python.Expr, isNone bool, s *State) (yes, no []*State) {
	for _, r := range i.eval(x, s) {
		none, known := r.value.isNone()
		if known {
			if none == isNone {
				yes = append(yes, r.state)
			} else {
				no = append(no, r.state)
			}
			continue
		}
		other := r.state.clone()
		n, o := r.state, other
		if !isNone {
			n, o = other, r.state
		}
		i.know(x, Value{Kind: None}, n)
		switch r.value.Kind {
		case Unknown:
			i.know(x, Value{Kind: NotNone}, o)
		case MappedV: // what is loaded holds
			if p := i.peek(x, o); p != nil && i.scope.tests[dotted(x)] > 1 {
				p.Held = true
			}
		}
		yes, no = append(yes, r.state), append(no, other)
	}
	return yes, no
}

// branchSame runs x is y. Whether two variables hold the same session is known.
func (i *interp) branchSame(e *python.Compare, same bool, s *State) (yes, no []*State) {
	for _, r := range i.evalAll([]python.Expr{e.First, e.Rest[0]}, s) {
		a, b := r.values[0], r.values[1]
		if b.Kind == SessionV {
			a, b = b, a
		}
		if a.Kind != SessionV || b.Kind != SessionV && !r.state.session(a).Owned {
			yes, no = append(yes, r.state), append(no, r.state.clone())
			continue
		}
		if (b.Kind == SessionV && a.Obj == b.Obj) == same {
			yes = append(yes, r.state)
		} else {
			no = append(no, r.state)
		}
	}
	return yes, no
}

// constantTest takes apart x == "text" and x != "text".
func constantTest(e *python.Compare) (text string, equal, ok bool) {
	if len(e.Ops) != 1 || e.Ops[0] != "==" && e.Ops[0] != "!=" {
		return "", false, false
	}
	c, isConst := e.Rest[0].(*python.Constant)
	if !isConst || c.Kind != python.StringConst && c.Kind != python.NumberConst || c.Text == "" {
		return "", false, false
	}
	return c.Text, e.Ops[0] == "==", true
}

// numberTest takes apart x < 3 and the like.
func numberTest(e *python.Compare) (n float64, ok bool) {
	if len(e.Ops) != 1 || !slices.Contains([]string{"<", "<=", ">", ">="}, e.Ops[0]) {
		return 0, false
	}
	c, isConst := e.Rest[0].(*python.Constant)
	if !isConst || c.Kind != python.NumberConst {
		return 0, false
	}
	n, err := strconv.ParseFloat(c.Text, 64)
	return n, err == nil
}

func ordered(x float64, op string, y float64) bool {
	switch op {
	case "<":
		return x < y
	case "<=":
		return x <= y
	case ">":
		return x > y
	}
	return x >= y
}

// known returns a state as one in which a condition holds, or does not.
func known(s *State, holds bool) (yes, no []*State) {
	if holds {
		return []*State{s}, nil
	}
	return nil, []*State{s}
}

// branchEqual tells states apart by what constant a variable equals.
func (i *interp) branchEqual(e *python.Compare, text string, equal bool, s *State) (yes, no []*State) {
	for _, r := range i.eval(e.First, s) {
		same, other := r.state, r.state.clone()
		v := i.peek(e.First, same)
		switch {
		case v != nil && (v.Kind == Truthy || v.Kind == Falsy) && v.Text == text:
			other = nil
		case v != nil && (v.Kind == Truthy || v.Kind == Falsy) && v.Text != "":
			same, other = nil, r.state
		case v != nil && v.Kind == Unknown && i.scope.tests[dotted(e.First)] > 1:
			*v = Value{Kind: Truthy, Text: text}
		}
		if !equal {
			same, other = other, same
		}
		if same != nil {
			yes = append(yes, same)
		}
		if other != nil {
			no = append(no, other)
		}
	}
	return yes, no
}

// refine notes what a condition's outcome tells about a variable.
func (i *interp) refine(e python.Expr, holds bool, s *State) {
	if n, ok := e.(*python.NamedExpr); ok {
		e = n.Target
	}
	v := i.peek(e, s)
	if i.scope.tests[dotted(e)] < 2 { // nothing else will look at it
		return
	}
	switch {
	case v == nil:
	case v.Kind == MappedV && holds:
		v.Held = true
	case v.Kind == MappedV:
		*v = Value{Kind: Falsy}
	case v.Kind != Unknown && v.Kind != NotNone:
	case holds:
		v.Kind = Truthy
	default:
		v.Kind = Falsy
	}
}

// know sets what a variable holds, where e is one.
func (i *interp) know(e python.Expr, v Value, s *State) {
	if n, ok := e.(*python.NamedExpr); ok {
		e = n.Target
	}
	if p := i.peek(e, s); p != nil && i.scope.tests[dotted(e)] > 1 {
		*p = v
	}
}

// peek returns the slot of a variable or dotted path, or nil.
func (i *interp) peek(e python.Expr, s *State) *Value {
	path := dotted(e)
	if path == "" {
		return nil
	}
	if slot, ok := i.scope.slots[path]; ok {
		return &s.vars[slot]
	}
	return nil
}

// teaches reports whether a condition's outcome tells something about a variable.
func (i *interp) teaches(e python.Expr) bool {
	switch e := e.(type) {
	case *python.UnaryOp:
		return e.Op == "not" && i.teaches(e.X)
	case *python.Compare:
		x, _, ok := noneTest(e)
		return ok && i.teaches(x)
	case *python.Name, *python.Attribute:
		path := dotted(e)
		_, ok := i.scope.slots[path]
		return ok && i.scope.tests[path] > 1
	}
	return false
}

// fewStates is few for states alone.
func (i *interp) fewStates(states []*State) []*State {
	var rs []result
	for _, s := range states {
		rs = append(rs, result{state: s})
	}
	var out []*State
	for _, r := range i.few(rs) {
		out = append(out, r.state)
	}
	return out
}

// knownTest returns what x is None gives, where that is known of x.
func knownTest(e python.Expr, first Value) Value {
	c, ok := e.(*python.Compare)
	if !ok {
		return Value{}
	}
	_, isNone, ok := noneTest(c)
	if !ok {
		return Value{}
	}
	none, known := first.isNone()
	switch {
	case !known:
		return Value{}
	case none == isNone:
		return Value{Kind: Truthy}
	}
	return Value{Kind: Falsy}
}

// condition evaluates a comparison or not. Where both outcomes teach something
// about a variable, the states are told apart by it.
func (i *interp) condition(e python.Expr, s *State) []result {
	if !i.teaches(e) {
		var es []python.Expr
		switch e := e.(type) {
		case *python.Compare:
			es = append([]python.Expr{e.First}, e.Rest...)
		case *python.UnaryOp:
			es = []python.Expr{e.X}
		}
		var out []result // what is compared is not kept
		for _, r := range i.evalAll(es, s) {
			for _, v := range r.values {
				if v.Kind == CoroutineV {
					i.notAwaited(e, v, r.state)
				}
			}
			out = append(out, result{r.state, knownTest(e, r.values[0])})
		}
		return out
	}
	yes, no := i.branch(e, s)
	var out []result
	for _, y := range yes {
		out = append(out, result{y, Value{Kind: Truthy}})
	}
	for _, n := range no {
		out = append(out, result{n, Value{Kind: Falsy}})
	}
	return out
}
