package session

import (
	"strings"

	"sessionlint/analysis/project"
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
				case r.value.Kind == MappedV || r.value.Kind == NewV:
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
		return one(s, i.lookup(e, s))
	case *python.Constant:
		return one(s, constant(e))
	case *python.Attribute:
		return i.attribute(e, s)
	case *python.Call:
		return i.call(e, s)
	case *python.Await:
		return i.eval(e.X, s)
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
		return i.eval(e.X, s)
	case *python.Yield:
		rs := i.eval(e.X, s)
		for n := range rs {
			i.handBack(rs[n].value, e.Span, rs[n].state)
			i.throws(rs[n].state)
			rs[n].value = Value{}
		}
		return rs
	case *python.Comprehension:
		return i.comprehension(e, s, false)
	case *python.Lambda:
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
	case python.NumberConst:
		if strings.Trim(c.Text, "0.") == "" {
			return Value{Kind: Falsy}
		}
	}
	return Value{Kind: Truthy}
}

// lookup returns what a name is bound to.
func (i *interp) lookup(n *python.Name, s *State) Value {
	if slot, ok := i.scope.slots[n.ID]; ok && (i.scope.bound[n.ID]) {
		return s.vars[slot]
	}
	if i.scope.shadowed(n.ID) {
		return Value{}
	}
	return i.global(n.ID, 0)
}

// global returns what a name is bound to at the top of the module.
func (i *interp) global(name string, depth int) Value {
	b, ok := i.module.Lookup(name)
	switch {
	case !ok || b.Many || depth > 8:
		return Value{}
	case b.Class != nil && i.module.SessionBase(b.Class) != "":
		return Value{Kind: Imported, Text: i.module.SessionBase(b.Class)}
	case b.Def:
		return Value{Kind: NotNone}
	case b.Import != "":
		return Value{Kind: Imported, Text: b.Import}
	default:
		return i.factory(name, b.Value, depth)
	}
}

// factory returns what an assignment at the top of the module gives: a session
// factory, another name for something, or nothing that is known.
func (i *interp) factory(name string, e python.Expr, depth int) Value {
	switch e := e.(type) {
	case *python.Name:
		return i.global(e.ID, depth+1)
	case *python.Attribute:
		if p := i.module.Path(e); p != "" {
			return Value{Kind: Imported, Text: p}
		}
	case *python.Call:
		path := i.module.Path(e.Func)
		switch what, guess := i.module.Meaning(path); what {
		case project.Maker, project.AsyncMaker:
			if !guess {
				return Value{Kind: MakerVal, Text: makerText(what == project.AsyncMaker || makesAsync(e, i.module), e)}
			}
		case project.ReadStmt, project.WriteStmt:
			return Value{Kind: StmtV, Text: statement{kind: string(what)}.text()}
		case project.Scoped, project.AsyncScoped, project.SessionClass, project.AsyncClass:
			return Value{}
		case project.Foreign:
			return Value{Kind: NotNone}
		}
		// SessionMaker = get_sessionmaker(): the names say what it is.
		callee := strings.ToLower(dotted(e.Func))
		if project.LooksLikeFactory(name) && strings.Contains(callee, "session") && !strings.Contains(callee, "scoped") {
			return Value{Kind: MakerVal, Text: asyncText(strings.Contains(strings.ToLower(name+callee), "async")) + "?"}
		}
	}
	return Value{}
}

func asyncText(async bool) string {
	if async {
		return "async"
	}
	return ""
}

// makesAsync reports whether sessionmaker is told to make asynchronous sessions.
func makesAsync(c *python.Call, m *project.Module) bool {
	for _, k := range c.Keywords {
		if k.Name == "class_" && project.Known(m.Path(k.Value)) == project.AsyncClass {
			return true
		}
	}
	return false
}

// attribute evaluates value.attr.
func (i *interp) attribute(e *python.Attribute, s *State) []result {
	if path := dotted(e); path != "" {
		if slot, ok := i.scope.slots[path]; ok && s.vars[slot] != (Value{}) {
			return one(s, s.vars[slot])
		}
	}
	rs := i.eval(e.Value, s)
	for n := range rs {
		rs[n].value = i.member(e, rs[n].value, rs[n].state)
	}
	return rs
}

// member returns what an attribute of a value is.
func (i *interp) member(e *python.Attribute, v Value, s *State) Value {
	name := e.Attr.ID
	switch v.Kind {
	case Imported:
		return Value{Kind: Imported, Text: v.Text + "." + name}
	case MakerVal:
		if name == "begin" {
			return Value{Kind: MakerBegin, Text: v.Text}
		}
		return Value{Kind: NotNone}
	case SessionV:
		class := "Session."
		if s.session(v).Async {
			class = "AsyncSession."
		}
		if m := methods[class+name]; m != nil && m.Property {
			return i.gives(m, v, "")
		}
		return Value{Kind: BoundV, Obj: v.Obj, Text: class + name}
	case QueryV:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Query." + name + plainRows(v)}
	case ResultV:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Result." + name + plainRows(v)}
	case Begun, Savepoint:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Transaction." + name}
	case MappedV:
		i.op(v, e.Span, Op{Kind: OpRead, Method: name}, s)
		v.Text = partOf
		return v
	case StmtV:
		if name == "with_for_update" {
			st := v.statement()
			st.lock = true
			v.Text = st.text()
		}
		return v
	}
	return i.attributeFactory(e, v)
}

// attributeFactory knows self.session_factory and db.SessionLocal by their names.
func (i *interp) attributeFactory(e *python.Attribute, v Value) Value {
	if v.Kind != Unknown && v.Kind != NotNone {
		return Value{}
	}
	name := e.Attr.ID
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, "maker") || strings.HasSuffix(lower, "local") || strings.HasSuffix(lower, "factory") {
		if project.LooksLikeFactory(name) {
			return Value{Kind: MakerVal, Text: asyncText(strings.Contains(lower, "async")) + "?"}
		}
	}
	return Value{}
}

// plainRows marks the members of a Query or Result that gives no mapped objects.
func plainRows(v Value) string {
	if v.Text == "columns" {
		return " columns"
	}
	return ""
}

// gives returns what a member of a session, or of what hangs on it, gives. rows
// is "columns" if there are no mapped objects in it.
func (i *interp) gives(m *Method, v Value, rows string) Value {
	what := m.Gives
	if what == "self" {
		what = strings.ToLower(m.Class)
	}
	switch what {
	case "query":
		return Value{Kind: QueryV, Obj: v.Obj, Text: rows}
	case "result":
		return Value{Kind: ResultV, Obj: v.Obj, Text: rows}
	case "object", "objects":
		if rows == "" {
			return Value{Kind: MappedV, Obj: v.Obj}
		}
	case "transaction":
		return Value{Kind: Begun, Obj: v.Obj}
	case "savepoint":
		return Value{Kind: Savepoint, Obj: v.Obj}
	case "guard":
		return Value{Kind: Guard, Obj: v.Obj}
	case "none":
		return Value{Kind: None}
	}
	return Value{}
}

func (i *interp) boolOp(e *python.BoolOp, s *State) []result {
	var out []result
	for _, r := range i.eval(e.L, s) {
		truth, known := r.value.holds()
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
		rs := i.container(es, s)
		for n := range rs {
			rs[n].value = Value{}
		}
		return rs
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

func (i *interp) subscript(e *python.Subscript, s *State) []result {
	var out []result
	for _, r := range i.evalAll([]python.Expr{e.Value, e.Index}, s) {
		v := Value{}
		switch base := r.values[0]; base.Kind {
		case QueryV:
			out = append(out, i.runQuery(base, "__getitem__[0]", e.Span, r.state)...)
			continue
		case MappedV, Unknown:
			v = base
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
				next = append(next, result{r.state, Value{}})
			}
		}
		states = next
		if n == 0 && e.Kind == python.GeneratorExp && !consumed {
			if hanging(source) == "result" || hanging(source) == "query" {
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
		out = append(out, i.container(es, st.state)...)
	}
	return out
}

// iterate runs through an iterable: a Query runs now, a Result is consumed.
func (i *interp) iterate(r result, e python.Expr) {
	if r.value.Kind == QueryV {
		i.runQuery(r.value, "__iter__", e.Pos(), r.state)
	}
}

// elementOf returns what iterating a value gives.
func (i *interp) elementOf(v Value) Value {
	switch v.Kind {
	case MappedV:
		return v
	case QueryV, ResultV:
		if v.Text != "columns" {
			return Value{Kind: MappedV, Obj: v.Obj}
		}
	}
	return Value{}
}
