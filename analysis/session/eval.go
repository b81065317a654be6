package session

import (
	"cmp"
	"strings"

	"sessionlint/analysis/python"
)

// A result is a value, and the state after the expression that gave it.
type result struct {
	state *State
	value Value
}

// results is a list of values, and the state after them.
type results struct {
	state  *State
	values []Value
}

func one(s *State, v Value) []result { return []result{{s, v}} }

// evalAll evaluates expressions from left to right.
func (i *interp) evalAll(es []python.Expr, s *State) []results {
	out := []results{{state: s}}
	for _, e := range es {
		if e == nil {
			continue
		}
		var next []results
		for _, o := range out {
			rs := i.eval(e, o.state)
			for _, r := range rs {
				next = append(next, results{r.state, append(o.values[:len(o.values):len(o.values)], r.value)})
			}
		}
		out = i.fewLists(next)
	}
	return out
}

// container evaluates the elements of something that holds them all. A session
// in it can be reached by whoever gets hold of it.
func (i *interp) container(es []python.Expr, s *State) []result {
	out := one(s, Value{})
	for _, e := range es {
		var next []result
		for _, o := range out {
			for _, r := range i.eval(e, o.state) {
				switch {
				case r.value.Kind == CoroutineV && o.value.Kind == CoroutineV && r.value.Obj == o.value.Obj:
					r.value.Many = true
				case r.value.Kind == MappedV || r.value.Kind == NewV || r.value.Kind == CoroutineV || r.value.Kind == TaskV:
					i.taken(e, r.state)
				case r.value.onSession():
					i.escape(r.value, r.state)
					r.value = o.value
				default:
					r.value = o.value
				}
				next = append(next, r)
			}
		}
		out = i.few(next)
	}
	return out
}

// eval evaluates an expression in a state, which it may change.
func (i *interp) eval(e python.Expr, s *State) []result {
	switch e := e.(type) {
	case nil:
		return one(s, Value{})
	case *python.Name:
		v := i.lookup(e, s)
		i.seen(Seen, e.Span, v, s)
		return one(s, v)
	case *python.Constant:
		return one(s, constant(e))
	case *python.Attribute:
		return i.attribute(e, s)
	case *python.Call:
		return i.call(e, s)
	case *python.Await:
		return i.await(e, s)
	case *python.NamedExpr:
		rs := i.eval(e.Value, s)
		for _, r := range rs {
			i.assign(e.Target, r.value, r.state)
		}
		return rs
	case *python.BoolOp:
		return i.boolOp(e, s)
	case *python.IfExp:
		yes, no := i.branch(e.Cond, s)
		var out []result
		for _, y := range yes {
			out = append(out, i.eval(e.Then, y)...)
		}
		for _, n := range no {
			out = append(out, i.eval(e.Else, n)...)
		}
		return i.few(out)
	case *python.Compare, *python.UnaryOp:
		return i.condition(e, s)
	case *python.Tuple:
		return i.container(e.Elts, s)
	case *python.List:
		return i.container(e.Elts, s)
	case *python.Set:
		return i.container(e.Elts, s)
	case *python.Dict:
		var es []python.Expr
		for n := range e.Values {
			es = append(es, e.Keys[n], e.Values[n])
		}
		return i.container(es, s)
	case *python.Subscript:
		return i.subscript(e, s)
	case *python.Starred:
		if c, ok := e.X.(*python.Comprehension); ok {
			return i.comprehension(c, s, true)
		}
		return i.eval(e.X, s)
	case *python.Yield:
		if t, ok := e.X.(*python.Tuple); ok {
			return i.yieldAll(e, t, s)
		}
		rs := i.eval(e.X, s)
		for n := range rs {
			i.yield(e, rs[n].value, rs[n].state)
			rs[n].value = Value{}
		}
		return rs
	case *python.Comprehension:
		return i.comprehension(e, s, false)
	case *python.Lambda:
		i.captured(e, s)
		if v := i.carries(e, s); v.Kind == CarrierV {
			return one(s, v)
		}
		return one(s, Value{Kind: NotNone})
	case *python.BadExpr:
		i.broken(e, s)
		return one(s, Value{})
	}
	var es []python.Expr
	for _, c := range python.Children(e) {
		if c, ok := c.(python.Expr); ok {
			es = append(es, c)
		}
	}
	rs := i.container(es, s)
	for n := range rs {
		if rs[n].value.Kind == CoroutineV { // an operator or an f-string takes it for its value
			i.notAwaited(e, rs[n].value, rs[n].state)
		}
		rs[n].value = Value{}
	}
	return rs
}

// broken forgets what the readable parts of broken text name.
func (i *interp) broken(e *python.BadExpr, s *State) {
	python.Inspect(e, func(n python.Node) bool {
		if n, ok := n.(*python.Name); ok {
			i.forget([]*python.Name{n}, s)
		}
		return true
	})
}

func constant(c *python.Constant) Value {
	switch c.Kind {
	case python.NoneConst:
		return Value{Kind: None}
	case python.FalseConst:
		return Value{Kind: Falsy}
	case python.StringConst:
		if c.Text == "" {
			return Value{Kind: Falsy}
		}
		return Value{Kind: Truthy, Text: c.Text}
	case python.NumberConst:
		if strings.Trim(c.Text, "0.") == "" {
			return Value{Kind: Falsy, Text: c.Text}
		}
		return Value{Kind: Truthy, Text: c.Text}
	}
	return Value{Kind: Truthy}
}

func (i *interp) boolOp(e *python.BoolOp, s *State) []result {
	var out []result
	for _, r := range i.eval(e.L, s) {
		truth, known := r.value.holds()
		if e.Or && r.value.Kind == NotNone { // x = x or Session(): what is not None is taken
			truth, known = true, true
		}
		if !known {
			stay, on := r.state.clone(), r.state
			i.refine(e.L, !e.Or, on)
			i.refine(e.L, e.Or, stay)
			left := r.value
			if left.Kind == Unknown && e.Or {
				left = Value{Kind: Truthy}
			}
			out = append(out, result{stay, left})
			out = append(out, i.eval(e.R, on)...)
			continue
		}
		if truth == e.Or {
			out = append(out, r)
		} else {
			out = append(out, i.eval(e.R, r.state)...)
		}
	}
	return i.few(out)
}

func (i *interp) subscript(e *python.Subscript, s *State) []result {
	var out []result
	for _, r := range i.evalAll([]python.Expr{e.Value, e.Index}, s) {
		v := Value{}
		switch base := r.values[0]; base.Kind {
		case QueryV:
			out = append(out, i.runQuery(base, "__getitem__[0]", nil, e.Span, r.state)...)
			continue
		case MappedV, Unknown:
			v = base
			v.Many, v.Rows = v.Rows, false
		}
		out = append(out, result{r.state, v})
	}
	return out
}

// comprehension evaluates a comprehension: its clauses and its element once. A
// generator that nothing consumes at once is left for later.
func (i *interp) comprehension(e *python.Comprehension, s *State, consumed bool) []result {
	states := []result{{s, Value{}}}
	source := Value{}
	for n, c := range e.Clauses {
		var next []result
		for _, st := range states {
			for _, r := range i.eval(c.Iter, st.state) {
				if n == 0 {
					source = r.value
				}
				if n > 0 || consumed || e.Kind != python.GeneratorExp {
					i.iterate(r, c.Iter)
				}
				i.assign(c.Target, i.elementOf(r.value), r.state)
				i.goneOver(c.Iter, r.state)
				next = append(next, result{r.state, Value{}})
			}
		}
		states = next
		if n == 0 && e.Kind == python.GeneratorExp && !consumed {
			if v := i.carries(e.Elt, s); v.Kind == CarrierV {
				source = v
			}
			if source.Kind == CarrierV || hanging(source) == "result" || hanging(source) == "query" {
				for n := range states {
					states[n].value = source
				}
			}
			return states
		}
		for _, cond := range c.Ifs {
			var kept []result
			for _, st := range states {
				kept = append(kept, i.eval(cond, st.state)...)
			}
			states = i.few(kept)
		}
	}
	var out []result
	for _, st := range states {
		es := []python.Expr{e.Elt}
		if e.Value != nil {
			es = append(es, e.Value)
		}
		for _, r := range i.container(es, st.state) {
			if r.value.Kind == TaskV { // the next one starts while this one runs
				if again := i.container(es, r.state); len(again) > 0 {
					r = again[0]
				}
			}
			r.value.Many = r.value.Many || r.value.Kind == CoroutineV
			out = append(out, r)
		}
	}
	return out
}

// iterate runs through an iterable: a Query runs now, a Result is consumed.
func (i *interp) iterate(r result, e python.Expr) {
	switch r.value.Kind {
	case CoroutineV:
		if r.value.Many { // each is awaited in its turn, or not
			i.taken(e, r.state)
		} else {
			i.notAwaited(e, r.value, r.state)
		}
	case QueryV:
		i.runQuery(r.value, "__iter__", nil, e.Pos(), r.state)
	case ResultV:
		i.consumes(r.value, e, "iterating it", e.Pos(), r.state)
	}
}

// elementOf returns what iterating a value gives.
func (i *interp) elementOf(v Value) Value {
	switch v.Kind {
	case MappedV:
		v.Many, v.Rows, v.Key = v.Rows, false, cmp.Or(v.ofAll(), elementKey)
		return v
	case QueryV, ResultV:
		if v.Text != "columns" {
			return Value{Kind: MappedV, Obj: v.Obj, Class: v.Class, Key: cmp.Or(v.ofAll(), elementKey), Many: v.Kind == ResultV && v.Many, Begun: strings.HasPrefix(v.Text, "stream")}
		}
	}
	return Value{}
}

// await evaluates await x. What is called there runs at once.
func (i *interp) await(e *python.Await, s *State) []result {
	c, ok := e.X.(*python.Call)
	if !ok {
		rs := i.eval(e.X, s)
		for n, r := range rs {
			if r.value.Kind == TaskV || r.value.Kind == CoroutineV {
				i.joined(r.value, r.state)
				i.taken(e.X, r.state)
				rs[n].value = Value{}
			}
		}
		return rs
	}
	rs := i.callWith(c, s, true)
	for n, r := range rs {
		if r.value.Kind == CoroutineV || r.value.Kind == TaskV { // a function gave it back
			i.joined(r.value, r.state)
			rs[n].value = Value{}
		}
	}
	return rs
}
